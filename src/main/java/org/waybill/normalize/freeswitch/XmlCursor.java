package org.waybill.normalize.freeswitch;

import org.waybill.normalize.XmlCharacters;

/** Walks over XML that need not be well-formed. */
final class XmlCursor {
  private final DocumentText text;
  private final String characters;
  private int at;

  XmlCursor(DocumentText text) {
    this.text = text;
    characters = text.characters();
  }

  int at() {
    return at;
  }

  void moveTo(int offset) {
    at = offset;
  }

  boolean isAtEnd() {
    return at >= characters.length();
  }

  boolean isAt(String markup) {
    return characters.regionMatches(true, at, markup, 0, markup.length());
  }

  /** Whether a tag is here that begins with this name. */
  boolean isAtStart(String name) {
    return !isAtEnd() && characters.charAt(at) == '<' && characters.startsWith(name, at + 1);
  }

  String from(int offset) {
    return characters.substring(offset, at);
  }

  String upTo(int offset) {
    return characters.substring(at, offset);
  }

  String rest() {
    return characters.substring(at);
  }

  /** Passes blanks, instructions and comments. */
  void passBetweenElements() throws UnreadableDocument {
    do {
      while (!isAtEnd() && XmlCharacters.isPadding(characters.charAt(at))) {
        at++;
      }
    } while (passes("<?", "?>") || passes("<!--", "-->"));
  }

  /** Moves behind what begins here with this, if it does. */
  boolean passes(String beginning, String ending) throws UnreadableDocument {
    if (!characters.startsWith(beginning, at)) {
      return false;
    }
    int end = characters.indexOf(ending, at + beginning.length());
    if (end < 0) {
      throw text.unreadable(at, "What begins here with " + beginning + " has no " + ending + ".");
    }
    at = end + ending.length();
    return true;
  }

  void passBlanks() {
    at = XmlCharacters.afterBlanks(characters, at);
  }

  /** Moves to the next {@code <}, or to the end if there is none. */
  void passText() {
    int next = characters.indexOf('<', at);
    at = next < 0 ? characters.length() : next;
  }

  /** Moves behind the tag here, or the part of one. */
  void passTag() {
    at++;
    while (!isAtEnd() && characters.charAt(at) != '<') {
      if (characters.charAt(at++) == '>') {
        return;
      }
    }
  }

  /** Moves behind an end tag of this name, if one is here. */
  boolean passesEndTag(String name) {
    int end = endOfEndTag(name, at);
    at = end < 0 ? at : end;
    return end >= 0;
  }

  boolean isAtEndTag(String name) {
    return endOfEndTag(name, at) >= 0;
  }

  /** Where the next end tag of this name begins; -1 if there is none. */
  int findEndTag(String name) {
    int found = characters.indexOf("</", at);
    while (found >= 0 && endOfEndTag(name, found) < 0) {
      found = characters.indexOf("</", found + 2);
    }
    return found;
  }

  private int endOfEndTag(String name, int offset) {
    if (!characters.startsWith("</", offset)) {
      return -1;
    }
    int from = XmlCharacters.afterBlanks(characters, offset + 2);
    if (!characters.startsWith(name, from)) {
      return -1;
    }
    int end = XmlCharacters.afterBlanks(characters, from + name.length());
    return end < characters.length() && characters.charAt(end) == '>' ? end + 1 : -1;
  }
}
