package org.waybill.gateway;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Gateway;

/**
 * Sends e-mails through an SMTP server. Jakarta Mail blocks, so a send holds one of a few threads
 * of our own for as long as it lasts.
 */
public final class SmtpGateway {
  private static final int THREADS = 8;

  private final @Nullable String sender;
  private final Duration timeout;
  private final Clock clock;
  private final ExecutorService workers;

  /**
   * @param sender {@code WAYBILL_MAIL_FROM}; without it whatever is sent is misconfigured
   * @param timeout of each step of the conversation
   */
  public SmtpGateway(@Nullable String sender, Duration timeout, Clock clock) {
    this.sender = sender;
    this.timeout = timeout;
    this.clock = clock;
    this.workers = workers();
  }

  /** Sends once. The future always completes with a verdict. */
  public CompletableFuture<Verdict> send(Gateway gateway, Mail mail) {
    return CompletableFuture.supplyAsync(() -> post(gateway, mail), workers);
  }

  private Verdict post(Gateway gateway, Mail mail) {
    SmtpServer server;
    InternetAddress from;
    try {
      server = SmtpServer.of(gateway.url(), timeout);
      from = address(sender == null ? "" : sender);
    } catch (IllegalArgumentException | AddressException e) {
      return misconfigured(gateway);
    }
    InternetAddress to;
    try {
      to = address(mail.recipient());
    } catch (AddressException e) {
      String shown = Text.line(mail.recipient(), 200);
      return new Verdict.Refused("'" + shown + "' is not an e-mail address", null, "");
    }
    return deliver(server, mail, from, to);
  }

  private Verdict deliver(SmtpServer server, Mail mail, InternetAddress from, InternetAddress to) {
    SmtpVerdicts verdicts = new SmtpVerdicts(server);
    try {
      Session session = Session.getInstance(server.properties());
      MimeMessage message = message(session, mail, from, to);
      try (Transport transport = session.getTransport(server.protocol())) {
        server.connect(transport);
        transport.sendMessage(message, message.getAllRecipients());
        return new Verdict.Delivered(SmtpVerdicts.ACCEPTED);
      }
    } catch (MessagingException e) {
      return verdicts.ofFailure(e);
    }
  }

  private MimeMessage message(Session session, Mail mail, InternetAddress from, InternetAddress to)
      throws MessagingException {
    MimeMessage message = new KnownMessage(session, mail.idempotencyKey());
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, to);
    message.setSubject(Text.line(mail.subject(), 998), "UTF-8");
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Waybill-Attempt", Integer.toString(mail.attempt()));
    message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no vacation answers
    byte[] text = mail.body().getBytes(StandardCharsets.UTF_8);
    // Bytes need no content handler, which Jakarta Mail would look up by the thread's class loader.
    message.setDataHandler(
        new DataHandler(new ByteArrayDataSource(text, "text/plain; charset=UTF-8")));
    message.saveChanges();
    return message;
  }

  // One address and nothing else: no list, no group, no header smuggled in behind a line break.
  private static InternetAddress address(String text) throws AddressException {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new AddressException("It contains a control character");
    }
    InternetAddress address = new InternetAddress(text, true);
    address.validate();
    if (address.isGroup() || address.getAddress().indexOf('@') < 1) {
      throw new AddressException("It is no address of one person");
    }
    return address;
  }

  private static Verdict misconfigured(Gateway gateway) {
    String reason =
        "No e-mail can be sent through gateway "
            + gateway.id()
            + ": set WAYBILL_SMTP_URL to smtp://host:port or smtps://host:port and"
            + " WAYBILL_MAIL_FROM to the sender's address";
    return new Verdict.Misconfigured(reason, null, "");
  }

  private static ExecutorService workers() {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            SmtpGateway::thread);
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  // Jakarta Mail finds its providers through the thread's class loader.
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "waybill-smtp");
    thread.setDaemon(true);
    thread.setContextClassLoader(SmtpGateway.class.getClassLoader());
    return thread;
  }

  /** A message whose id is the delivery's, so that a repeat is recognized. */
  private static final class KnownMessage extends MimeMessage {
    private final String idempotencyKey;

    KnownMessage(Session session, String idempotencyKey) {
      super(session);
      this.idempotencyKey = idempotencyKey;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + idempotencyKey + "@waybill>");
    }
  }
}
