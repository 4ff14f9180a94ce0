package org.waybill.normalize.freeswitch;

import java.util.Arrays;
import org.waybill.document.Violation;
import org.waybill.normalize.XmlCharacters;

/** The characters of a document without those that XML cannot hold, and where each stood. */
final class DocumentText {
  private static final int[] NONE = {};

  private final String decoded;
  private final String characters;

  /** Offsets in the characters before which some were left out, and how many until there. */
  private final int[] gaps;

  private final int[] leftOut;

  private DocumentText(String decoded, String characters, int[] gaps, int[] leftOut) {
    this.decoded = decoded;
    this.characters = characters;
    this.gaps = gaps;
    this.leftOut = leftOut;
  }

  static DocumentText of(String decoded, Repairs repairs) throws UnreadableDocument {
    int bad = XmlCharacters.nextForbidden(decoded, 0);
    if (bad == decoded.length()) {
      return new DocumentText(decoded, decoded, NONE, NONE);
    }
    StringBuilder kept = new StringBuilder(decoded.length());
    int[] gaps = new int[8];
    int[] leftOut = new int[8];
    int count = 0;
    int from = 0;
    while (bad < decoded.length()) {
      int end = XmlCharacters.nextAllowed(decoded, bad);
      repairs.add(
          bad, Flaw.FORBIDDEN_CHARACTER, XmlCharacters.named(decoded.substring(bad, end)), "");
      kept.append(decoded, from, bad);
      if (count == gaps.length) {
        gaps = Arrays.copyOf(gaps, 2 * count);
        leftOut = Arrays.copyOf(leftOut, 2 * count);
      }
      gaps[count] = kept.length();
      leftOut[count++] = end - kept.length();
      from = end;
      bad = XmlCharacters.nextForbidden(decoded, end);
    }
    kept.append(decoded, from, decoded.length());
    return new DocumentText(
        decoded, kept.toString(), Arrays.copyOf(gaps, count), Arrays.copyOf(leftOut, count));
  }

  String characters() {
    return characters;
  }

  /** Whether it is the first character, after blanks and byte order marks. */
  boolean beginsWith(char expected) {
    int at = 0;
    while (at < characters.length() && XmlCharacters.isPadding(characters.charAt(at))) {
      at++;
    }
    return at < characters.length() && characters.charAt(at) == expected;
  }

  /** Where something stood in the decoded text. */
  int place(int offset) {
    int at = Arrays.binarySearch(gaps, offset);
    int gap = at >= 0 ? at : -at - 2;
    return gap < 0 ? offset : offset + leftOut[gap];
  }

  /** Finds lines and columns of places, best asked for in their order. */
  Places places() {
    return new Places(decoded);
  }

  UnreadableDocument unreadable(int offset, String message) {
    Places.Place place = places().at(place(offset));
    return new UnreadableDocument(new Violation(place.line(), place.column(), message));
  }
}
