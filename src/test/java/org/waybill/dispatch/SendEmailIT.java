package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.waybill.testing.Client;
import org.waybill.testing.SampleCdr;
import org.waybill.testing.WaybillServer;

/** A SendEmail task from its document to a mailbox: at first without a mail server, then with. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("any-database")
class SendEmailIT {
  private static final UUID FIRST = UUID.randomUUID();
  private static final WaybillServer SERVER = WaybillServer.named("email");
  private static final GreenMail MAIL =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static int firstTask;

  @BeforeAll
  static void start() {
    MAIL.start();
    SERVER.start().database().execute(SampleCdr.ORGANIZATION);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    MAIL.stop();
  }

  @Test
  @Order(1)
  void waitsInPlainSightWithoutAnAttemptWhileThereIsNoMailServer() throws Exception {
    firstTask = post(FIRST);
    await(
        () ->
            client()
                .get("/metrics")
                .text()
                .contains("\nwaybill_queue_backlog{gateway=\"0\"} 1.0\n"));
    JsonObject task = task(firstTask);
    assertThat(task.getString("state")).isEqualTo("pending");
    assertThat(task.getString("waits")).isEqualTo("There is no smtp gateway for it.");
    assertThat(task.getInt("retry")).isZero();
    JsonObject delivery = task.getJsonArray("deliveries").getJsonObject(0);
    assertThat(delivery.getJsonArray("attempts")).isEmpty();
  }

  @Test
  @Order(2)
  void isSentWithItsTemplateFilledOnceThereIsAMailServer() throws Exception {
    assertThat(SERVER.stop()).isZero();
    SERVER
        .with("WAYBILL_SMTP_URL", "smtp://127.0.0.1:" + MAIL.getSmtp().getPort())
        .with("WAYBILL_MAIL_FROM", "waybill@example.com")
        .start();
    assertThat(MAIL.waitForIncomingEmail(30_000, 1)).isTrue();
    assertIsAbout(FIRST, firstTask, MAIL.getReceivedMessages()[0]);
    awaitDone(firstTask);
  }

  @Test
  @Order(3)
  void isSentAtOnceWhenTheMailServerIsThere() throws Exception {
    UUID second = UUID.randomUUID();
    int task = post(second);
    assertThat(MAIL.waitForIncomingEmail(30_000, 2)).isTrue();
    assertThat(MAIL.getReceivedMessages()).hasSize(2);
    assertIsAbout(second, task, MAIL.getReceivedMessages()[1]);
    awaitDone(task);
  }

  private static void assertIsAbout(UUID cdr, int task, MimeMessage message) throws Exception {
    assertThat(message.getMessageID()).isEqualTo("<" + task + "-email-0@waybill>");
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(message.getAllRecipients()[0]).hasToString("user@example.com");
    assertThat(message.getFrom()[0]).hasToString("waybill@example.com");
    assertThat(message.getSubject()).isEqualTo("New voicemail from +15551234567");
    assertThat((String) message.getContent())
        .contains("From: +15551234567", "To:   +15559876543", "Call: " + cdr);
  }

  /** Posts a CDR with nothing but an e-mail to send, and returns the id of that task. */
  private static int post(UUID uuid) {
    String document =
        SampleCdr.of(
            uuid,
            "<caller_id_number>+15551234567</caller_id_number>"
                + "<destination_number>+15559876543</destination_number>",
            "<task type=\"SendEmail\" priority=\"low\">"
                + "<template>voicemail-notification</template>"
                + "<recipient>user@example.com</recipient></task>");
    Client.Answer answer = client().send("POST", "/api/cdrs", "application/xml", document);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().getJsonArray("tasks").getJsonObject(0).getInt("id");
  }

  private static JsonObject task(int id) {
    return client().get("/api/tasks/" + id).json();
  }

  private static void awaitDone(int task) throws InterruptedException {
    await(() -> task(task).getString("state").equals("done"));
    assertThat(task(task).getInt("retry")).isZero();
  }

  private static Client client() {
    return Client.nobody(SERVER.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
