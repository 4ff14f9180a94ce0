package org.waybill.console.page;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.collect.RejectedBody;
import org.waybill.collect.RejectedDocument;

/**
 * A rejected document with its text, in which each violation stands at its line.
 *
 * @param editable whether all of the text is here, and nothing but text
 * @param problem what came of resubmitting it just now
 */
record RejectedView(
    RejectedDocument document,
    List<Violation> violations,
    String text,
    long size,
    boolean editable,
    @Nullable String problem) {
  private static final int SHOWN = 200_000;
  private static final int EDITED = 1_000_000;

  /** What is wrong, and where. */
  record Violation(int line, int column, String message) {}

  static RejectedView of(
      RejectedDocument document, RejectedBody body, @Nullable String edited, @Nullable String why) {
    String read = utf8(body.bytes());
    String text = read == null ? new String(body.bytes(), StandardCharsets.ISO_8859_1) : read;
    boolean editable = read != null && text.length() <= EDITED;
    return new RejectedView(
        document,
        violations(document.violationsJson()),
        edited == null ? text : edited,
        body.bytes().length,
        editable,
        why);
  }

  /** In a list: the first violation. */
  static String first(RejectedDocument document) {
    JsonArray all = document.violationsJson();
    return all.isEmpty() ? "–" : all.getJsonObject(0).getString("message", "");
  }

  Lines lines() {
    Map<Integer, List<String>> said = new HashMap<>();
    for (Violation violation : violations) {
      said.computeIfAbsent(violation.line(), line -> new ArrayList<>()).add(violation.message());
    }
    return Lines.of(text, SHOWN, said);
  }

  private static List<Violation> violations(JsonArray json) {
    return json.getValuesAs(JsonObject.class).stream()
        .map(
            one ->
                new Violation(
                    one.getInt("line", 0), one.getInt("column", 0), one.getString("message", "")))
        .toList();
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
