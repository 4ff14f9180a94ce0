package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.gateway.MailWriter.Impossible;
import org.waybill.gateway.MailWriter.Letter;
import org.waybill.gateway.MailWriter.Written;
import org.waybill.task.DeliveryKey;
import org.waybill.task.DeliveryKind;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.testing.TestDatabase;

class MailWriterTest {
  private static MailWriter writer;

  @BeforeAll
  static void readTemplatesOfARealDatabase() {
    TestDatabase database = TestDatabase.fresh();
    database.execute(
        """
        INSERT INTO mail_templates (name, subject, body) VALUES
        ('odd', 'a {{ note }} b', '{{note}}|{{rmOrgID}}|{{unknown}}|{{uuid}}|{{template}}|{x}')
        """);
    Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    writer = new MailWriter(new MailTemplates(database.database(), clock));
  }

  @Test
  void fillsTheTemplateOfTheSpecificationsExample() {
    Mail mail = written("template=voicemail-notification", "recipient= user@example.com ");

    assertThat(mail.idempotencyKey()).isEqualTo("12-email-0");
    assertThat(mail.attempt()).isEqualTo(3);
    assertThat(mail.recipient()).isEqualTo("user@example.com");
    assertThat(mail.subject()).isEqualTo("New voicemail from +15551234567");
    assertThat(mail.body())
        .contains("+15551234567", "+15559876543", "a1b2c3d4-e5f6-7890-abcd-ef1234567890");
  }

  @Test
  void takesAFieldOfTheTaskBeforeOneOfTheCdr() {
    Mail mail =
        written(
            "template=voicemail-notification",
            "recipient=user@example.com",
            "caller_id_number=hidden");

    assertThat(mail.subject()).isEqualTo("New voicemail from hidden");
  }

  @Test
  void fillsInAnyTextOnceAndUnknownNamesWithNothing() {
    Mail mail = written("template=odd", "recipient=user@example.com", "note=$1 {{uuid}} \\0");

    assertThat(mail.body())
        .isEqualTo("$1 {{uuid}} \\0|1001||a1b2c3d4-e5f6-7890-abcd-ef1234567890|odd|{x}");
  }

  @Test
  void keepsTheSubjectOnOneLine() {
    Mail mail =
        written("template=odd", "recipient=user@example.com", "note=x\r\nBcc: victim@example.com");

    assertThat(mail.subject()).isEqualTo("a x Bcc: victim@example.com b");
  }

  @Test
  void saysWhichTemplatesThereAreWhenOneIsUnknown() {
    assertThat(impossible("template=nope", "recipient=user@example.com"))
        .isEqualTo(
            "There is no e-mail template 'nope'. Known templates: odd, voicemail-notification."
                + " Add one as a row of the table mail_templates, then re-run the task");
  }

  @Test
  void saysWhatTheTaskLacks() {
    assertThat(impossible("template=odd")).isEqualTo("The SendEmail task names no recipient");
    assertThat(impossible("recipient=user@example.com"))
        .startsWith("The SendEmail task names no template.");
  }

  private static Mail written(String... fields) {
    Letter letter = writer.write(consignment(fields));
    assertThat(letter).isInstanceOf(Written.class);
    return ((Written) letter).mail();
  }

  private static String impossible(String... fields) {
    Letter letter = writer.write(consignment(fields));
    assertThat(letter).isInstanceOf(Impossible.class);
    return ((Impossible) letter).verdict().reason();
  }

  private static Consignment consignment(String... fields) {
    Cdr cdr =
        new Cdr(
            UUID.fromString("a1b2c3d4-e5f6-7890-abcd-ef1234567890"),
            null,
            1_705_312_800L,
            TableSuffix.parse("20240115"),
            null,
            1001,
            null,
            List.of(
                new Variable("caller_id_number", "+15551234567"),
                new Variable("destination_number", "+15559876543")));
    List<Field> parsed =
        List.of(fields).stream()
            .map(field -> new Field(field.split("=", 2)[0], field.split("=", 2)[1]))
            .toList();
    NewTask task = new NewTask("SendEmail", Priority.LOW, parsed, "<task/>");
    DeliveryKey key = new DeliveryKey(12, DeliveryKind.EMAIL, 0);
    return new Consignment(key, 1, 3, Priority.LOW, cdr, task);
  }
}
