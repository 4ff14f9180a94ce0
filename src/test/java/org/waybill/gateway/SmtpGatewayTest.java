package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.gateway.Verdict.Delivered;
import org.waybill.gateway.Verdict.Misconfigured;
import org.waybill.gateway.Verdict.Refused;
import org.waybill.gateway.Verdict.Transient;
import org.waybill.task.Gateway;

class SmtpGatewayTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

  private final GreenMail mailServer =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final GreenMail tlsServer =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
  private final SmtpGateway sender =
      new SmtpGateway("waybill@example.com", Duration.ofSeconds(2), CLOCK);
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private @Nullable ServerSocket listening;

  @BeforeEach
  void startServer() {
    mailServer.start();
  }

  @AfterEach
  void stopServers() throws IOException {
    mailServer.stop();
    tlsServer.stop();
    workers.shutdownNow();
    if (listening != null) {
      listening.close();
    }
  }

  @Test
  void sendsAnEmailThatARepeatOfCanBeRecognized() throws Exception {
    Mail mail = new Mail("12-email-0", 2, "user@example.com", "Grüße", "Zeile 1\nžluťoučký");

    assertThat(send(mail)).isEqualTo(new Delivered(250));
    assertThat(send(mail)).isEqualTo(new Delivered(250));

    MimeMessage[] received = mailServer.getReceivedMessages();
    assertThat(received).hasSize(2);
    for (MimeMessage message : received) {
      assertThat(message.getMessageID()).isEqualTo("<12-email-0@waybill>");
      assertThat(message.getSubject()).isEqualTo("Grüße");
      assertThat(message.getFrom()[0]).hasToString("waybill@example.com");
      assertThat(message.getAllRecipients()).hasSize(1);
      assertThat(message.getAllRecipients()[0]).hasToString("user@example.com");
      assertThat(message.getHeader("Waybill-Attempt")).containsExactly("2");
      assertThat(message.getSentDate()).isEqualTo(CLOCK.instant());
      assertThat((String) message.getContent()).isEqualToNormalizingNewlines("Zeile 1\nžluťoučký");
    }
  }

  @Test
  void keepsLineBreaksOutOfHeaders() throws Exception {
    assertThat(send(mail("user@example.com", "Hi\r\nBcc: victim@example.com\r\n\r\nevil")))
        .isEqualTo(new Delivered(250));

    MimeMessage[] received = mailServer.getReceivedMessages();
    assertThat(received).hasSize(1);
    assertThat(received[0].getHeader("Bcc")).isNull();
    assertThat(received[0].getSubject()).isEqualTo("Hi Bcc: victim@example.com evil");
    assertThat((String) received[0].getContent()).startsWith("text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user@example.com\r\nBcc: victim@example.com",
        "a@example.com, b@example.com",
        "group: a@example.com;",
        "nobody",
        "@example.com",
        "two words@example.com",
        ""
      })
  void refusesWhatIsNotOneAddress(String recipient) {
    assertThat(send(mail(recipient, "Hi"))).isInstanceOf(Refused.class);
    assertThat(mailServer.getReceivedMessages()).isEmpty();
  }

  @Test
  void logsInWithTheCredentialsOfTheUrl() {
    mailServer.setUser("sender@example.com", "sender", "p:w/1");
    mailServer.getUserManager().setAuthRequired(true);

    assertThat(send(url("sender:p%3Aw%2F1@"), mail("user@example.com", "Hi")))
        .isEqualTo(new Delivered(250));
  }

  @Test
  void callsWrongCredentialsMisconfiguredWithoutShowingThem() {
    mailServer.setUser("sender@example.com", "sender", "right");
    mailServer.getUserManager().setAuthRequired(true);

    Verdict verdict = send(url("sender:wr0ng@"), mail("user@example.com", "Hi"));

    assertThat(verdict).isInstanceOf(Misconfigured.class);
    assertThat(((Misconfigured) verdict).status()).isEqualTo(535);
    assertThat(verdict.toString()).doesNotContain("wr0ng");
  }

  @Test
  void callsACertificateThatNobodyVouchesForMisconfigured() {
    tlsServer.start();
    String url = "smtps://127.0.0.1:" + tlsServer.getSmtps().getPort();

    Verdict verdict = send(url, mail("user@example.com", "Hi"));

    assertThat(verdict).isInstanceOf(Misconfigured.class);
    assertThat(((Misconfigured) verdict).reason()).contains("ertificate").contains(url);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 450 4.2.1 Mailbox busy, Transient",
    "RCPT, 550 5.1.1 No such user, Refused",
    "DATA, 451 4.3.0 Try later, Transient",
    "DATA, 554 5.6.0 No, Refused",
    "., 452 4.3.1 Full, Transient",
    "., 552 5.3.4 Too big, Refused",
    "MAIL, 451 4.7.1 Greylisted, Transient",
    "MAIL, 553 5.7.1 Not your address, Misconfigured",
    "MAIL, 530 5.7.0 Authentication required, Misconfigured",
    "CONNECT, 421 4.3.2 Busy, Transient",
    "CONNECT, 554 5.7.1 Go away, Misconfigured"
  })
  void judgesByTheServersReply(String command, String reply, String expected) throws IOException {
    String url = scripted(Map.of(command, reply));

    Verdict verdict = send(url, mail("user@example.com", "Hi"));

    assertThat(verdict.getClass().getSimpleName()).as(verdict.toString()).isEqualTo(expected);
    assertThat(verdict.toString()).contains(reply.substring(0, 3)).contains(url);
  }

  @Test
  void aMessageThatWasTakenIsDeliveredHoweverTheServerSaysGoodbye() throws IOException {
    assertThat(send(scripted(Map.of("QUIT", "")), mail("user@example.com", "Hi")))
        .isEqualTo(new Delivered(250));
  }

  @Test
  void givesUpOnAServerThatHangs() throws IOException {
    String url = scripted(Map.of("CONNECT", ""));

    assertThat(send(url, mail("user@example.com", "Hi")))
        .isEqualTo(new Transient("Connection timeout to " + url, null, null, ""));
  }

  @Test
  void reportsAPortThatNobodyListensOn() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "smtp://127.0.0.1:" + port;

    assertThat(send(url, mail("user@example.com", "Hi")))
        .isEqualTo(new Transient("Connection refused by " + url, null, null, ""));
  }

  @Test
  void reportsAHostThatDoesNotExist() {
    String url = "smtp://no-such-host.invalid:25";

    assertThat(send(url, mail("user@example.com", "Hi")))
        .isEqualTo(new Transient("Unknown host name in " + url, null, null, ""));
  }

  @Test
  void callsAMissingSenderMisconfigured() {
    SmtpGateway senderless = new SmtpGateway(null, Duration.ofSeconds(2), CLOCK);

    Verdict verdict = senderless.send(gateway(url("")), mail("user@example.com", "Hi")).join();

    assertThat(verdict).isInstanceOf(Misconfigured.class);
    assertThat(((Misconfigured) verdict).reason()).contains("WAYBILL_MAIL_FROM");
  }

  private Verdict send(Mail mail) {
    return send(url(""), mail);
  }

  private Verdict send(String url, Mail mail) {
    return sender.send(gateway(url), mail).join();
  }

  private String url(String credentials) {
    return "smtp://" + credentials + "127.0.0.1:" + mailServer.getSmtp().getPort();
  }

  private static Mail mail(String recipient, String subject) {
    return new Mail("12-email-0", 1, recipient, subject, "text");
  }

  private static Gateway gateway(String url) {
    return new Gateway(9, "smtp", null, URI.create(url), null, null, true, false, 8, null, 0);
  }

  /** A server that answers as a good one, but to one command as told; "" is no answer at all. */
  private String scripted(Map<String, String> replies) throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    listening = socket;
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(() -> converse(socket, replies), workers);
    return "smtp://127.0.0.1:" + socket.getLocalPort();
  }

  private static void converse(ServerSocket listening, Map<String, String> replies) {
    try (Socket socket = listening.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      say(socket, replies.getOrDefault("CONNECT", "220 ready"));
      boolean inText = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.split(" ", 2)[0];
        if (inText && !line.equals(".")) {
          continue;
        }
        inText = command.equals("DATA") && !replies.containsKey("DATA");
        say(socket, replies.getOrDefault(command, inText ? "354 go on" : "250 fine"));
      }
    } catch (IOException e) {
      // The sender hung up, or the test is over.
    }
  }

  private static void say(Socket socket, String reply) throws IOException {
    if (!reply.isEmpty()) {
      socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
  }
}
