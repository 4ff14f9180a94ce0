package org.waybill.gateway;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Judges what came of a request, by the contract's table "What a gateway receives". */
final class HttpVerdicts {
  private static final int SHOWN_CHARACTERS = 200;

  private final Target target;
  private final Duration timeout;

  HttpVerdicts(Target target, Duration timeout) {
    this.target = target;
    this.timeout = timeout;
  }

  Verdict ofAnswer(int status, HttpHeaders headers, String body, Instant now) {
    String head = target.withoutCredentials(body);
    return switch (status / 100) {
      case 2 -> new Verdict.Delivered(status);
      case 3 -> new Verdict.Misconfigured(redirect(status, headers), status, head);
      case 4 -> ofClientError(status, headers, head, now);
      default -> unavailable(status, headers, head, now);
    };
  }

  private Verdict ofClientError(int status, HttpHeaders headers, String head, Instant now) {
    return switch (status) {
      case 409 -> new Verdict.Delivered(status);
      case 408, 425, 429 -> unavailable(status, headers, head, now);
      case 401, 403, 404, 407 -> new Verdict.Misconfigured(answered(status, head), status, head);
      default -> new Verdict.Refused(answered(status, head), status, head);
    };
  }

  private Verdict unavailable(int status, HttpHeaders headers, String head, Instant now) {
    @Nullable Duration retryAfter =
        headers.firstValue("Retry-After").map(value -> RetryAfter.parse(value, now)).orElse(null);
    return new Verdict.Transient(answered(status, head), status, retryAfter, head);
  }

  private String answered(int status, String head) {
    String said = Text.line(head, SHOWN_CHARACTERS);
    return "HTTP " + status + " from " + target.shown() + (said.isEmpty() ? "" : ": " + said);
  }

  private String redirect(int status, HttpHeaders headers) {
    return "HTTP "
        + status
        + " from "
        + target.shown()
        + ": redirects are not followed, so enter the gateway's final URL"
        + headers.firstValue("Location").map(this::location).orElse("");
  }

  private String location(String value) {
    // Only its path: the rest may hold credentials or a token.
    String path = value.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
    return " (" + target.withoutCredentials(Text.line(path, SHOWN_CHARACTERS)) + ")";
  }

  Verdict ofFailure(Throwable failure) {
    if (blamesCertificate(failure)) {
      String reason = "Certificate problem at " + target.shown() + ": " + message(failure);
      return new Verdict.Misconfigured(reason, null, "");
    }
    return new Verdict.Transient(describe(failure), null, null, "");
  }

  private String describe(Throwable failure) {
    String shown = target.shown();
    if (failure instanceof HttpConnectTimeoutException) {
      return "Connection timeout to " + shown;
    }
    if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
      return "Connection timeout to " + shown + ": no complete answer within " + seconds();
    }
    if (isCausedBy(failure, UnresolvedAddressException.class)) {
      return "Unknown host name in " + shown;
    }
    if (isCausedBy(failure, NoRouteToHostException.class)) {
      return "No route to the host of " + shown;
    }
    if (failure instanceof ConnectException) {
      return "Connection refused by " + shown;
    }
    return "Connection to " + shown + " broke: " + message(failure);
  }

  private String seconds() {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }

  private String message(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      message = failure instanceof EOFException ? "end of stream" : failure.toString();
    }
    return target.withoutCredentials(Text.line(message, SHOWN_CHARACTERS));
  }

  // A handshake also fails when the other side just hangs up, which is no certificate's fault.
  private static boolean blamesCertificate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException
          || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
      if (cause instanceof SSLException && Text.namesCertificate(cause.getMessage())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
