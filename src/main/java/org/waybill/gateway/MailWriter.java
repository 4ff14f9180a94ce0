package org.waybill.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.Variable;
import org.waybill.gateway.MailTemplates.MailTemplate;
import org.waybill.task.Field;
import org.waybill.task.NewTask;

/** Turns a SendEmail task into the e-mail that its template makes of it. */
final class MailWriter {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}\\s]+)\\s*}}");
  private static final int SUBJECT_CHARACTERS = 500;

  private final MailTemplates templates;

  MailWriter(MailTemplates templates) {
    this.templates = templates;
  }

  /** What became of the task's wish. */
  sealed interface Letter {}

  record Written(Mail mail) implements Letter {}

  record Impossible(Verdict.Refused verdict) implements Letter {}

  Letter write(Consignment consignment) {
    Map<String, String> values = values(consignment.cdr(), consignment.task());
    String recipient = values.getOrDefault("recipient", "").strip();
    if (recipient.isEmpty()) {
      return impossible("The SendEmail task names no recipient");
    }
    String name = values.getOrDefault("template", "").strip();
    if (name.isEmpty()) {
      return impossible("The SendEmail task names no template. " + whatExists());
    }
    Optional<MailTemplate> template = templates.find(name);
    if (template.isEmpty()) {
      String shown = Text.line(name, 128);
      return impossible("There is no e-mail template '" + shown + "'. " + whatExists());
    }
    return new Written(mail(consignment, recipient, template.get(), values));
  }

  private static Mail mail(
      Consignment consignment,
      String recipient,
      MailTemplate template,
      Map<String, String> values) {
    // A value must not be able to add a header: a subject is one line.
    String subject = Text.line(filled(template.subject(), values), SUBJECT_CHARACTERS);
    String body = filled(template.body(), values);
    return new Mail(consignment.idempotencyKey(), consignment.attempt(), recipient, subject, body);
  }

  private String whatExists() {
    return "Known templates: "
        + String.join(", ", templates.names())
        + ". Add one as a row of the table mail_templates, then re-run the task";
  }

  private static Impossible impossible(String reason) {
    return new Impossible(new Verdict.Refused(reason, null, ""));
  }

  // Later ones do not replace earlier ones: the task says more exactly than the CDR what is meant.
  private static Map<String, String> values(Cdr cdr, NewTask task) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Field field : task.fields()) {
      values.putIfAbsent(field.name(), field.value());
    }
    putIfAbsent(values, "uuid", cdr.uuid());
    putIfAbsent(values, "TimeZoneOffset", cdr.timeZoneOffset());
    putIfAbsent(values, "StartEpoch", cdr.startEpoch());
    putIfAbsent(values, "TableSuffix", cdr.tableSuffix());
    putIfAbsent(values, "LegUUID", cdr.legUuid());
    putIfAbsent(values, "rmOrgID", cdr.rmOrgId());
    putIfAbsent(values, "rmUserID", cdr.rmUserId());
    for (Variable variable : cdr.variables()) {
      values.putIfAbsent(variable.name(), variable.value());
    }
    return values;
  }

  private static void putIfAbsent(Map<String, String> values, String name, @Nullable Object value) {
    if (value != null) {
      values.putIfAbsent(name, value.toString());
    }
  }

  // One pass: a value that looks like a placeholder is text, not a placeholder.
  private static String filled(String text, Map<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.replaceAll(
        found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
  }
}
