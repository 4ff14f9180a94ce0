package org.waybill.collect;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.document.Violation;
import org.waybill.platform.Problem;
import org.waybill.platform.Settings;

/**
 * {@code POST /api/cdrs}. The one hot path of the server, so it stands before JAX-RS, whose
 * resources answer the other methods of this path.
 */
@WebFilter(urlPatterns = "/api/cdrs", asyncSupported = true)
public class CdrDoor extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** The contract's: counted from the last byte of the body. */
  private static final Duration PATIENCE = Duration.ofMillis(1_900);

  /**
   * Requests that may wait for a commit: fewer than the server has threads, so that it can still
   * say "later" to the others when the database hangs.
   */
  private static final int MAX_WAITING = 160;

  private final transient Semaphore places = new Semaphore(MAX_WAITING);
  @Inject private transient Intake intake;
  @Inject private transient Keeping keeping;
  @Inject private transient Settings settings;
  @Inject private transient Clock clock;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getMethod().equals("POST")) {
      post(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Caller caller = Sender.of(request, response);
    if (caller == null) {
      return;
    }
    XmlRequest xml = XmlRequest.of(request, response);
    if (xml == null) {
      return;
    }
    BodyReader.Body body =
        new BodyReader(settings.maxDocumentBytes())
            .read(request.getInputStream(), request.getContentLengthLong(), xml.gzip());
    if (body instanceof BodyReader.Body.TooLarge) {
      tooLarge(response);
    } else if (body instanceof BodyReader.Body.Incomplete) {
      incomplete(response);
    } else if (!places.tryAcquire()) {
      CdrAnswers.later(response);
    } else {
      try {
        Answer answer = answer(xml, body, caller);
        CdrAnswers.send(answer, Prefer.lenient(request), response);
      } finally {
        places.release();
      }
    }
  }

  private Answer answer(XmlRequest xml, BodyReader.Body body, Caller caller) {
    Deadline deadline = Deadline.in(PATIENCE);
    if (body instanceof BodyReader.Body.CorruptGzip corrupt) {
      String sentence = "The body is not gzip, though Content-Encoding says so: " + corrupt.why();
      return keeping.keep(
          arrived(xml, corrupt.raw(), caller),
          new Rejection(
              RejectionReason.NOT_WELL_FORMED, List.of(new Violation(0, 0, sentence)), null, null),
          deadline);
    }
    byte[] bytes = ((BodyReader.Body.Whole) body).bytes();
    return intake.accept(arrived(xml, bytes, caller), deadline);
  }

  private Arrived arrived(XmlRequest xml, byte[] bytes, Caller caller) {
    @Nullable String charset = xml.type().charset();
    return new Arrived(bytes, xml.header(), charset, Intake.SOURCE, caller, clock.instant());
  }

  private static void incomplete(HttpServletResponse response) throws IOException {
    response.setHeader("Connection", "close");
    Problem.of(
            HttpServletResponse.SC_REQUEST_TIMEOUT,
            "The document did not arrive whole. Nothing was kept; send it again.")
        .send(response);
  }

  /** What is left of the body is not read, so the connection cannot be used again. */
  private void tooLarge(HttpServletResponse response) throws IOException {
    response.setHeader("Connection", "close");
    Problem.of(
            HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
            "A document may have "
                + settings.maxDocumentBytes()
                + " bytes at the most, unpacked. Nothing was kept.")
        .send(response);
  }
}
