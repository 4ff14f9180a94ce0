package org.waybill.normalize.freeswitch;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;
import org.waybill.document.XmlLimits;
import org.waybill.normalize.XmlCharacters;

/**
 * Walks over JSON as a switch writes it: with {@code nan} for a number, and with raw quotation
 * marks where mod_json_cdr encoded a document in which values were encoded already.
 */
final class JsonCursor {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][-+]?[0-9]++)?");

  /** As the C libraries of the world print what is no number. */
  private static final Pattern NOT_A_NUMBER =
      Pattern.compile(
          "[-+]?(?:nan(?:\\([a-z_0-9]*+\\))?|inf(?:inity)?|1\\.[0-9]*#[a-z0-9]++)",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_WORD = 100;

  private final DocumentText text;
  private final String characters;
  private final Gathered gathered;
  private int at;
  private int depth;

  /** What to do with a member of an object; it reads the value. */
  interface Member {
    void read(String name, int offset) throws UnreadableDocument;
  }

  /** What to do with an element of an array; it reads the value. */
  interface Element {
    void read() throws UnreadableDocument;
  }

  JsonCursor(DocumentText text, Gathered gathered) {
    this.text = text;
    this.gathered = gathered;
    characters = text.characters();
  }

  int at() {
    return at;
  }

  /** The next significant character; NUL at the end, since the text has none. */
  char next() {
    while (at < characters.length() && XmlCharacters.isPadding(characters.charAt(at))) {
      at++;
    }
    return at < characters.length() ? characters.charAt(at) : 0;
  }

  String rest() {
    return characters.substring(at);
  }

  /** Reads an object. What is none is passed over. */
  void members(Member member) throws UnreadableDocument {
    if (next() != '{') {
      skip();
      return;
    }
    enter();
    while (next() != '}') {
      int begin = at;
      gathered.count(at);
      String name = string(JsonString.Kind.NAME);
      if (name.length() > XmlLimits.NAME_LENGTH) {
        throw text.unreadable(
            begin, "A name here is longer than " + XmlLimits.NAME_LENGTH + " characters.");
      }
      expect(':', "A colon is missing here after the name " + Quoted.of(name) + ".");
      member.read(name, begin);
      separator('}');
    }
    leave();
  }

  /** Reads an array. Anything else is taken for an array's only element. */
  void elements(Element element) throws UnreadableDocument {
    if (next() != '[') {
      element.read();
      return;
    }
    enter();
    while (next() != ']') {
      gathered.count(at);
      element.read();
      separator(']');
    }
    leave();
  }

  /** Reads a text, number or word; null for null and for what is none of these, passed over. */
  @Nullable String value(JsonString.Kind kind) throws UnreadableDocument {
    char next = next();
    if (next == '{' || next == '[') {
      skip();
      return null;
    }
    return next == '"' ? string(kind) : word();
  }

  void skip() throws UnreadableDocument {
    skip(JsonString.Kind.VALUE);
  }

  private void skip(JsonString.Kind kind) throws UnreadableDocument {
    switch (next()) {
      case '{' -> members((name, offset) -> skip(JsonString.Kind.VALUE));
      case '[' -> elements(() -> skip(JsonString.Kind.ELEMENT));
      default -> value(kind);
    }
  }

  private String string(JsonString.Kind kind) throws UnreadableDocument {
    if (next() != '"') {
      throw text.unreadable(at, "A name in quotation marks is missing here.");
    }
    JsonString string = JsonString.at(at, kind, text, gathered);
    at = string.end();
    return string.value();
  }

  private @Nullable String word() throws UnreadableDocument {
    int begin = at;
    while (at < characters.length() && !isEndOfWord(characters.charAt(at))) {
      at++;
    }
    String word = characters.substring(begin, Math.min(at, begin + LONGEST_WORD));
    if (word.equals("null")) {
      return null;
    }
    if (word.equals("true") || word.equals("false") || NUMBER.matcher(word).matches()) {
      return characters.substring(begin, at);
    }
    if (!NOT_A_NUMBER.matcher(word).matches()) {
      throw text.unreadable(
          begin,
          word.isEmpty()
              ? "A value is missing here; the document was perhaps cut off."
              : Quoted.of(word) + " is no JSON; a text stands in quotation marks.");
    }
    gathered.repair(begin, Flaw.NAN, word, "null");
    return null;
  }

  private void separator(char end) throws UnreadableDocument {
    if (next() != end) {
      expect(',', "A comma or '" + end + "' is missing here; the document was perhaps cut off.");
      if (next() == end) {
        throw text.unreadable(at, "After a comma another value must come.");
      }
    }
  }

  private void expect(char expected, String otherwise) throws UnreadableDocument {
    if (next() != expected) {
      throw text.unreadable(at, otherwise);
    }
    at++;
  }

  private void enter() throws UnreadableDocument {
    if (++depth > XmlLimits.DEPTH) {
      throw text.unreadable(at, "Values are nested more than " + XmlLimits.DEPTH + " deep here.");
    }
    at++;
  }

  private void leave() {
    depth--;
    at++;
  }

  private static boolean isEndOfWord(char c) {
    return XmlCharacters.isBlank(c) || ",:]}[{\"".indexOf(c) >= 0;
  }
}
