package org.waybill.normalize.asterisk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/**
 * Reads comma-separated values as RFC 4180 has them: a quote within quotes is doubled, and a line
 * may end there.
 */
final class CsvReader {
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;
  private @Nullable Violation violation;

  /**
   * A value and where it begins.
   *
   * @param line from 1
   * @param column from 1
   */
  record Field(String value, int line, int column) {}

  CsvReader(String text) {
    this.text = text;
  }

  /** What it stopped at; null while all is well. */
  @Nullable Violation violation() {
    return violation;
  }

  /** The fields of the next line that is not empty; none at the end, or after a violation. */
  List<Field> next() {
    List<Field> fields = new ArrayList<>();
    while (atLineEnd()) {
      step();
    }
    if (at == text.length() || violation != null) {
      return fields;
    }
    fields.add(field());
    while (violation == null && isHere(',')) {
      step();
      fields.add(field());
    }
    if (violation == null && at < text.length() && !atLineEnd()) {
      violation = here("A closing quote must be followed by a comma or by the end of the line.");
    }
    return fields;
  }

  private Field field() {
    int fieldLine = line;
    int column = column();
    String value = isHere('"') ? quoted() : bare();
    return new Field(value, fieldLine, column);
  }

  private String bare() {
    int start = at;
    while (at < text.length() && !isHere(',') && !atLineEnd()) {
      step();
    }
    return text.substring(start, at);
  }

  private String quoted() {
    Violation unclosed = here("The quote that opens here is never closed.");
    StringBuilder value = new StringBuilder();
    step();
    while (at < text.length()) {
      char c = text.charAt(at);
      step();
      if (c == '"' && !isHere('"')) {
        return value.toString();
      }
      if (c == '"') {
        step();
      }
      value.append(c);
    }
    violation = unclosed;
    return value.toString();
  }

  private void step() {
    if (text.charAt(at++) == '\n') {
      line++;
      lineStart = at;
    }
  }

  private boolean isHere(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean atLineEnd() {
    return isHere('\n') || isHere('\r');
  }

  private int column() {
    return at - lineStart + 1;
  }

  private Violation here(String sentence) {
    return new Violation(line, column(), sentence);
  }
}
