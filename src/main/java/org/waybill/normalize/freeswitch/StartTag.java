package org.waybill.normalize.freeswitch;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.XmlLimits;
import org.waybill.normalize.XmlCharacters;

/**
 * The tag that an element begins with: one of XML, or what a switch makes of a variable whose name
 * XML forbids.
 *
 * @param name as the switch means it
 * @param empty when it is the whole element
 * @param end the offset behind it
 */
record StartTag(String name, Map<String, String> attributes, boolean empty, int end) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]++");

  /** The tag at a {@code <}; null if none begins there. */
  static @Nullable StartTag at(int offset, DocumentText text) throws UnreadableDocument {
    StartTag tag = ofXml(offset, text);
    return tag == null ? ofSwitch(offset, text) : tag;
  }

  private static @Nullable StartTag ofXml(int offset, DocumentText text) throws UnreadableDocument {
    String characters = text.characters();
    int end = XmlCharacters.endOfName(characters, offset + 1);
    if (end == offset + 1) {
      return null;
    }
    String name = limited(characters.substring(offset + 1, end), offset, text);
    Map<String, String> attributes = Map.of();
    Attribute next = Attribute.at(end, characters);
    for (int count = 0; next != null; count++) {
      if (count == XmlLimits.ATTRIBUTES_PER_ELEMENT) {
        throw text.unreadable(
            offset,
            "The element that begins here has more than "
                + XmlLimits.ATTRIBUTES_PER_ELEMENT
                + " attributes.");
      }
      attributes = count == 0 ? new HashMap<>() : attributes;
      attributes.putIfAbsent(limited(next.name(), end, text), next.value());
      end = next.end();
      next = Attribute.at(end, characters);
    }
    end = XmlCharacters.afterBlanks(characters, end);
    boolean empty = characters.startsWith("/>", end);
    boolean closed = empty || characters.startsWith(">", end);
    return closed ? new StartTag(name, attributes, empty, end + (empty ? 2 : 1)) : null;
  }

  /** Whatever stands up to the next {@code >} is the name. */
  private static @Nullable StartTag ofSwitch(int offset, DocumentText text)
      throws UnreadableDocument {
    String characters = text.characters();
    int end = offset + 1;
    while (end < characters.length() && characters.charAt(end) != '>') {
      if (characters.charAt(end) == '<' || characters.charAt(end) == '\n') {
        return null;
      }
      if (end - offset > XmlLimits.NAME_LENGTH) {
        throw tooLong(offset, text);
      }
      end++;
    }
    String name = XmlCharacters.strip(characters.substring(offset + 1, end));
    boolean empty = name.endsWith("/");
    String own = empty ? XmlCharacters.strip(name.substring(0, name.length() - 1)) : name;
    boolean closed = end < characters.length() && !own.isEmpty();
    return closed ? new StartTag(own, Map.of(), empty, end + 1) : null;
  }

  /** What is wrong with it as XML; null if nothing is. */
  @Nullable Flaw flaw(String written) {
    if (XmlCharacters.isBlank(written.charAt(1))) {
      return Flaw.LEADING_BLANK;
    }
    if (XmlCharacters.isName(name)) {
      return name.indexOf(':') < 0 ? null : Flaw.UNBOUND_PREFIX;
    }
    if (DIGITS.matcher(name).matches()) {
      return Flaw.NUMERIC_NAME;
    }
    boolean blanks = name.chars().anyMatch(Character::isWhitespace);
    return blanks ? Flaw.NAME_WITH_BLANK : Flaw.ODD_NAME;
  }

  private static String limited(String name, int offset, DocumentText text)
      throws UnreadableDocument {
    if (name.length() > XmlLimits.NAME_LENGTH) {
      throw tooLong(offset, text);
    }
    return name;
  }

  private static UnreadableDocument tooLong(int offset, DocumentText text) {
    return text.unreadable(
        offset, "A name here is longer than " + XmlLimits.NAME_LENGTH + " characters.");
  }
}
