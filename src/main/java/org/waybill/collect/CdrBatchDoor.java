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
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.waybill.access.Caller;
import org.waybill.collect.archive.PeekingStream;
import org.waybill.document.CdrStream;
import org.waybill.platform.Settings;

/**
 * {@code POST /api/cdrs/batch}: a stream of documents of any length. It is answered once all of it
 * is read, since a client that is still sending need not listen.
 */
@WebFilter(urlPatterns = "/api/cdrs/batch", asyncSupported = true)
public class CdrBatchDoor extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Each holds some megabytes and a thread. */
  private static final int MAX_AT_ONCE = 16;

  private static final int BUFFER = 65_536;

  private final transient Semaphore places = new Semaphore(MAX_AT_ONCE);
  @Inject private transient Intake intake;
  @Inject private transient Keeping keeping;
  @Inject private transient Settings settings;
  @Inject private transient Clock clock;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getMethod().equals("POST")) {
      chain.doFilter(request, response);
      return;
    }
    Caller caller = Sender.of(request, response);
    XmlRequest xml = caller == null ? null : XmlRequest.of(request, response);
    if (caller == null || xml == null) {
      return;
    }
    if (!places.tryAcquire()) {
      BatchAnswers.later(BatchCounts.NONE.json(false), response);
      return;
    }
    try {
      take(caller, xml, request.getInputStream(), response);
    } finally {
      places.release();
    }
  }

  private void take(Caller caller, XmlRequest xml, InputStream body, HttpServletResponse response)
      throws IOException {
    int maxBytes = settings.maxDocumentBytes();
    try (BatchResults results = new BatchResults()) {
      CdrBatch batch =
          new CdrBatch(intake, keeping, new CdrBatch.Settings(clock, maxBytes), caller, results);
      try {
        InputStream in =
            xml.gzip() ? new GZIPInputStream(new PeekingStream(body, BUFFER), BUFFER) : body;
        if (!batch.takeAll(new CdrStream(in, xml.type().charset(), maxBytes))) {
          BatchAnswers.later(batch.counts().json(false), response);
          return;
        }
      } catch (ZipException | EOFException e) {
        if (batch.settleAll()) {
          BatchAnswers.corrupt(
              "The body is not gzip up to its end, though Content-Encoding says so ("
                  + e.getMessage()
                  + ")",
              batch.counts().json(false),
              response);
        } else {
          BatchAnswers.later(batch.counts().json(false), response);
        }
        return;
      }
      response.setContentType("application/json");
      results.writeTo(response.getOutputStream(), batch.counts().json(false));
    }
  }
}
