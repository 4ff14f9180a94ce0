package org.waybill.collect;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.collect.archive.CorruptUpload;
import org.waybill.collect.archive.Upload;
import org.waybill.platform.Problem;
import org.waybill.platform.Settings;

/**
 * {@code POST /api/collect/{format}/batch}: an archive of raw documents, or documents one after the
 * other, of any length. Answered like a batch of our own documents, once all of it is read.
 */
@WebFilter(urlPatterns = "/api/collect/*", asyncSupported = true)
public class RawBatchDoor extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String BEFORE = "/api/collect/";
  private static final String BEHIND = "/batch";

  /** Each holds some megabytes and a thread. */
  private static final int MAX_AT_ONCE = 8;

  private final transient Semaphore places = new Semaphore(MAX_AT_ONCE);
  @Inject private transient Intake intake;
  @Inject private transient RawReading raws;
  @Inject private transient Keeping keeping;
  @Inject private transient Settings settings;
  @Inject private transient Clock clock;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String format = format(request.getRequestURI().substring(request.getContextPath().length()));
    if (format == null) {
      chain.doFilter(request, response);
    } else if (!request.getMethod().equals("POST")) {
      response.setHeader("Allow", "POST");
      Problem.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Raw documents are sent by POST.")
          .send(response);
    } else {
      Caller caller = Sender.of(request, response);
      if (caller != null) {
        post(new RawBatch.Origin(format, caller), request.getInputStream(), response);
      }
    }
  }

  /** Null for an address that is not of a batch. */
  static @Nullable String format(String path) {
    if (!path.startsWith(BEFORE) || !path.endsWith(BEHIND)) {
      return null;
    }
    int end = path.length() - BEHIND.length();
    String format = path.substring(Math.min(BEFORE.length(), end), end);
    return format.isEmpty() || format.contains("/") ? null : format;
  }

  private void post(RawBatch.Origin origin, InputStream body, HttpServletResponse response)
      throws IOException {
    if (!raws.knows(origin.format())) {
      Problem.of(
              HttpServletResponse.SC_NOT_FOUND,
              "Nothing here reads documents of the format '" + origin.format() + "'.")
          .send(response);
    } else if (!places.tryAcquire()) {
      BatchAnswers.later(BatchCounts.NONE.json(true), response);
    } else {
      try {
        take(origin, body, response);
      } finally {
        places.release();
      }
    }
  }

  private void take(RawBatch.Origin origin, InputStream body, HttpServletResponse response)
      throws IOException {
    int maxBytes = settings.maxDocumentBytes();
    try (BatchResults results = new BatchResults()) {
      RawBatch batch = new RawBatch(intake, keeping, clock, origin, results);
      String corrupt = null;
      boolean all;
      try {
        all = batch.takeAll(Upload.open(body, maxBytes), maxBytes);
      } catch (CorruptUpload e) {
        corrupt = e.getMessage();
        all = batch.settleAll();
      } catch (ZipException | EOFException e) {
        corrupt = "The upload is not gzip up to its end (" + e.getMessage() + ")";
        all = batch.settleAll();
      }
      if (!all) {
        BatchAnswers.later(batch.counts().json(true), response);
      } else if (corrupt != null) {
        BatchAnswers.corrupt(corrupt, batch.counts().json(true), response);
      } else {
        response.setContentType("application/json");
        results.writeTo(response.getOutputStream(), batch.counts().json(true));
      }
    }
  }
}
