package org.waybill.collect;

import jakarta.inject.Inject;
import jakarta.json.Json;
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
import org.waybill.document.CdrStream;
import org.waybill.platform.Problem;
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
      later(BatchCounts.NONE, response);
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
        InputStream in = xml.gzip() ? new GZIPInputStream(body, BUFFER) : body;
        if (!batch.takeAll(new CdrStream(in, xml.type().charset(), maxBytes))) {
          later(batch.counts(), response);
          return;
        }
      } catch (ZipException | EOFException e) {
        if (batch.settleAll()) {
          corrupt(batch.counts(), e, response);
        } else {
          later(batch.counts(), response);
        }
        return;
      }
      response.setContentType("application/json");
      results.writeTo(response.getOutputStream(), batch.counts());
    }
  }

  /** What is left of the stream is not read, so the connection cannot be used again. */
  private static void later(BatchCounts counts, HttpServletResponse response) throws IOException {
    response.setHeader("Connection", "close");
    response.setHeader("Retry-After", "5");
    String sentence =
        "The database does not take documents now. Send the whole batch again: what was stored is"
            + " answered as a duplicate then.";
    withCounts(Problem.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE, sentence), counts)
        .send(response);
  }

  private static void corrupt(BatchCounts counts, IOException e, HttpServletResponse response)
      throws IOException {
    response.setHeader("Connection", "close");
    String sentence =
        "The body is not gzip up to its end, though Content-Encoding says so ("
            + e.getMessage()
            + "). Send the whole batch again: what was stored is answered as a duplicate then.";
    withCounts(Problem.of(HttpServletResponse.SC_BAD_REQUEST, sentence), counts).send(response);
  }

  private static Problem withCounts(Problem problem, BatchCounts counts) {
    return problem
        .with("received", Json.createValue(counts.received()))
        .with("stored", Json.createValue(counts.stored()))
        .with("duplicates", Json.createValue(counts.duplicates()))
        .with("rejected", Json.createValue(counts.rejected()));
  }
}
