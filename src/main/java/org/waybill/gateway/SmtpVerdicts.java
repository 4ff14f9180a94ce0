package org.waybill.gateway;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Judges a failed SMTP conversation by the server's reply (RFC 5321, 4.2; RFC 4954, 6). */
final class SmtpVerdicts {
  static final int ACCEPTED = 250;

  // Jakarta Mail's public API hides the reply; its messages begin with it or name it as response.
  private static final Pattern REPLY =
      Pattern.compile("^\\s*(?:\\[EOF]\\s*)?([45]\\d\\d)(?!\\d)|response: ([45]\\d\\d)(?!\\d)");
  private static final Set<Integer> AUTHENTICATION = Set.of(530, 534, 535, 538);
  private static final int SHOWN_CHARACTERS = 300;

  private final SmtpServer server;

  SmtpVerdicts(SmtpServer server) {
    this.server = server;
  }

  Verdict ofFailure(MessagingException failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      Integer reply = reply(cause);
      if (reply != null) {
        return ofReply(reply, cause, causes.stream().anyMatch(SmtpVerdicts::refusesSender));
      }
    }
    if (causes.stream().anyMatch(SmtpVerdicts::blamesSecurity)) {
      String reason = "Certificate problem or no TLS at " + server.shown() + ": " + said(failure);
      return new Verdict.Misconfigured(reason, null, "");
    }
    if (failure instanceof AuthenticationFailedException) {
      String reason = "No way to log in at " + server.shown() + ": " + said(failure);
      return new Verdict.Misconfigured(reason, null, "");
    }
    return new Verdict.Transient(unanswered(causes), null, null, "");
  }

  private Verdict ofReply(int reply, Throwable failure, boolean refusesSender) {
    String said = Text.cut(String.valueOf(failure.getMessage()).strip(), AnswerHead.CHARACTERS);
    String reason = "SMTP " + reply + " from " + server.shown() + ": " + said(failure);
    if (reply < 500) {
      return new Verdict.Transient(reason, reply, null, said);
    }
    if (AUTHENTICATION.contains(reply)
        || failure instanceof AuthenticationFailedException
        || !(failure instanceof SendFailedException)
        || refusesSender) {
      return new Verdict.Misconfigured(reason, reply, said);
    }
    return new Verdict.Refused(reason, reply, said);
  }

  // Every message would be refused, whoever it is for: WAYBILL_MAIL_FROM is wrong.
  private static boolean refusesSender(Throwable failure) {
    return failure.getClass().getSimpleName().equals("SMTPSenderFailedException");
  }

  private String unanswered(List<Throwable> causes) {
    for (Throwable cause : causes) {
      if (cause instanceof SocketTimeoutException) {
        return "Connection timeout to " + server.shown();
      }
      if (cause instanceof UnknownHostException) {
        return "Unknown host name in " + server.shown();
      }
      if (cause instanceof java.net.ConnectException) {
        return "Connection refused by " + server.shown();
      }
    }
    return "Connection to " + server.shown() + " broke: " + said(causes.get(0));
  }

  private String said(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String password = server.password();
    String clean =
        password == null || password.isEmpty() ? message : message.replace(password, "***");
    return Text.line(clean, SHOWN_CHARACTERS);
  }

  private static @Nullable Integer reply(Throwable failure) {
    if (!(failure instanceof MessagingException) || failure.getMessage() == null) {
      return null;
    }
    Matcher matcher = REPLY.matcher(failure.getMessage());
    if (!matcher.find()) {
      return null;
    }
    return Integer.valueOf(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
  }

  private static boolean blamesSecurity(Throwable cause) {
    return cause instanceof GeneralSecurityException
        || cause instanceof SSLPeerUnverifiedException
        || (cause instanceof SSLException && Text.namesCertificate(cause.getMessage()));
  }

  // The innermost exception of a refused recipient says why; the outer one only "Invalid
  // Addresses".
  private static List<Throwable> causes(MessagingException failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null && causes.size() < 20; ) {
      causes.add(cause);
      cause =
          cause instanceof MessagingException messaging && messaging.getNextException() != null
              ? messaging.getNextException()
              : cause.getCause();
    }
    return causes;
  }
}
