package org.waybill.console.page;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.StoredRaw;
import org.waybill.cdr.StoredXml;
import org.waybill.console.CallPieces;
import org.waybill.report.CdrSearch;
import org.waybill.report.TaskLine;
import org.waybill.report.TaskSearch;
import org.waybill.task.TaskFilter;

/**
 * All that is known of one CDR.
 *
 * @param organization its name, where there is still one
 * @param raw what it was made of; null when it came in our own schema
 * @param pieces what its call came in; none where it came as one document
 * @param rawText the beginning of that as text
 */
record CdrStory(
    StoredCdr cdr,
    Cdr values,
    String organization,
    @Nullable StoredRaw raw,
    List<CallPieces.Piece> pieces,
    String rawText,
    List<Repair> repairs,
    List<TaskView> tasks) {
  private static final int SHOWN = 200_000;

  /** One thing that was mended in the raw document. */
  record Repair(String kind, String where, String before, String after) {}

  Instant start() {
    return Instant.ofEpochSecond(cdr.startEpoch());
  }

  /** A variable's value; a dash when there is none. */
  String variable(String name) {
    return Show.orDash(values.variable(name));
  }

  @Nullable Integer seconds(String name) {
    String text = values.variable(name);
    return text == null || !text.matches("[0-9]{1,9}") ? null : Integer.valueOf(text);
  }

  /** The document as it is kept, a line an element. */
  Lines xml() {
    return Lines.of(XmlLayout.of(cdr.xml()), SHOWN);
  }

  Lines rawLines() {
    return Lines.of(rawText, SHOWN);
  }

  /** Tells them. */
  @Dependent
  static class Stories {
    private final CdrSearch cdrs;
    private final CallPieces pieces;
    private final TaskSearch tasks;
    private final TaskView.Views views;
    private final Organizations organizations;

    @Inject
    Stories(
        CdrSearch cdrs,
        CallPieces pieces,
        TaskSearch tasks,
        TaskView.Views views,
        Organizations organizations) {
      this.cdrs = cdrs;
      this.pieces = pieces;
      this.tasks = tasks;
      this.views = views;
      this.organizations = organizations;
    }

    CdrStory of(StoredCdr cdr) {
      StoredRaw raw = cdrs.raw(cdr).orElse(null);
      byte[] bytes = raw == null ? new byte[0] : cdrs.rawBody(cdr).orElseGet(() -> new byte[0]);
      TaskFilter own = new TaskFilter(null, null, null, null, cdr.uuid());
      List<TaskView> inOrder =
          tasks.list(own, null, Integer.MAX_VALUE).stream()
              .sorted(Comparator.comparing(TaskLine::id))
              .map(views::of)
              .toList();
      Cdr values = StoredXml.cdr(cdr.xml());
      return new CdrStory(
          cdr,
          values,
          organizations.find(cdr.rmOrgId()).map(Organization::name).orElse(""),
          raw,
          pieces.of(values),
          new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.UTF_8),
          raw == null ? List.of() : repairs(raw),
          inOrder);
    }

    private static List<Repair> repairs(StoredRaw raw) {
      try (JsonReader reader = Json.createReader(new StringReader(raw.repairs()))) {
        return reader.readArray().getValuesAs(JsonObject.class).stream()
            .map(
                one ->
                    new Repair(
                        one.getString("kind", ""),
                        one.getString("where", ""),
                        one.getString("before", ""),
                        one.getString("after", "")))
            .toList();
      }
    }
  }
}
