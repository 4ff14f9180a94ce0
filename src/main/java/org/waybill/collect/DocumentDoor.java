package org.waybill.collect;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;
import org.waybill.platform.Problem;
import org.waybill.platform.Settings;

/** What the doors for single documents share: a bounded body, and an answer in time. */
abstract class DocumentDoor extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** The contract's: counted from the last byte of the body. */
  private static final Duration PATIENCE = Duration.ofMillis(1_900);

  /**
   * Requests that may wait for a commit at each door: fewer in all than the server has threads, so
   * that it can still say "later" to the others when the database hangs.
   */
  private static final int MAX_WAITING = 160;

  private final transient Semaphore places = new Semaphore(MAX_WAITING);
  @Inject private transient Intake intake;
  @Inject private transient Keeping keeping;
  @Inject private transient Settings settings;
  @Inject private transient Clock clock;

  /** What a door knows of a document before it has its bytes. */
  @FunctionalInterface
  interface Label {
    Arrived on(byte[] bytes, Instant at);
  }

  /** Reads the body and says what became of it; null when the request is answered already. */
  final @Nullable Answer take(
      HttpServletRequest request, HttpServletResponse response, boolean gzip, Label label)
      throws IOException {
    BodyReader.Body body =
        new BodyReader(settings.maxDocumentBytes())
            .read(request.getInputStream(), request.getContentLengthLong(), gzip);
    if (body instanceof BodyReader.Body.TooLarge) {
      tooLarge(response);
      return null;
    }
    if (body instanceof BodyReader.Body.Incomplete) {
      incomplete(response);
      return null;
    }
    if (!places.tryAcquire()) {
      return new Answer.Later();
    }
    try {
      return answer(body, label);
    } finally {
      places.release();
    }
  }

  private Answer answer(BodyReader.Body body, Label label) {
    Deadline deadline = Deadline.in(PATIENCE);
    if (body instanceof BodyReader.Body.CorruptGzip corrupt) {
      String sentence = "The body is not gzip, though Content-Encoding says so: " + corrupt.why();
      return keeping.keep(
          label.on(corrupt.raw(), clock.instant()),
          new Rejection(
              RejectionReason.NOT_WELL_FORMED, List.of(new Violation(0, 0, sentence)), null, null),
          deadline);
    }
    byte[] bytes = ((BodyReader.Body.Whole) body).bytes();
    return intake.accept(label.on(bytes, clock.instant()), deadline);
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
