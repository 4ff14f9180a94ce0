package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What documents come wrapped in: the form field {@code cdr=}, percent-encoding, base64, or
 * nothing. Only the bytes tell which, since a switch loses its Content-Type under some settings and
 * its spool files have none.
 */
final class Wrapping {
  /** As many as are ever seen, and one more for what a relay adds. */
  private static final int LAYERS = 3;

  private static final int HEAD = 2_048;

  /** Of JSON, of XML, and of XML in UTF-16, UTF-32 and EBCDIC (XML 1.0, appendix F). */
  private static final List<String> BEGINNINGS =
      List.of("{", "<", "\u00FE\u00FF", "\u00FF\u00FE", "Lo\u00A7\u0094");

  private static final int LONGEST_BEGINNING = 4;
  private static final Pattern FORM =
      Pattern.compile("(?:(?!cdr=)[A-Za-z0-9_.-]{1,50}+=[^&<{]{0,500}+&){0,10}+cdr=");

  /** No XML begins so, but what a form encoder made of XML does. */
  private static final Pattern BLANKS_AS_PLUS = Pattern.compile("<(?:\\?xml|cdr)\\+");

  private Wrapping() {}

  /** The bytes of the document itself, which begins with a brace or a tag in some encoding. */
  static byte[] unwrap(byte[] body, Repairs repairs) throws UnreadableDocument {
    byte[] inner = field(body);
    for (int layer = 0; layer < LAYERS; layer++) {
      int first = first(inner);
      if (first == inner.length) {
        throw new UnreadableDocument("The document is empty.");
      }
      if (isDocument(inner, first)) {
        return inner;
      }
      byte[] field = Arrays.copyOfRange(inner, first, endOfField(inner, first));
      boolean percent = field.length > 0 && field[0] == '%';
      inner = percent ? percentDecoded(field, repairs) : base64Decoded(field, repairs);
    }
    throw notADocument();
  }

  private static byte[] field(byte[] body) {
    int first = first(body);
    Matcher form = FORM.matcher(head(body, first));
    return form.lookingAt() ? Arrays.copyOfRange(body, first + form.end(), body.length) : body;
  }

  /** Encoded text has no {@code &} of its own. */
  private static int endOfField(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '&') {
      at++;
    }
    return at;
  }

  /** Where it begins, after blanks, NULs and the byte order mark of UTF-8. */
  private static int first(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] >= 0 && bytes[at] <= ' ') {
        at++;
      } else if (head(bytes, at, 3).equals("\u00EF\u00BB\u00BF")) {
        at += 3;
      } else {
        return at;
      }
    }
    return at;
  }

  private static boolean isDocument(byte[] bytes, int first) {
    String head = head(bytes, first, LONGEST_BEGINNING);
    return BEGINNINGS.stream().anyMatch(head::startsWith);
  }

  private static byte[] percentDecoded(byte[] text, Repairs repairs) throws UnreadableDocument {
    byte[] decoded = Percent.decode(text);
    if (!BLANKS_AS_PLUS.matcher(head(decoded, first(decoded))).lookingAt()) {
      return decoded;
    }
    repairs.add(0, Flaw.FORM_BLANK, "+", " ");
    byte[] blanks = text.clone();
    for (int i = 0; i < blanks.length; i++) {
      if (blanks[i] == '+') {
        blanks[i] = ' ';
      }
    }
    return Percent.decode(blanks);
  }

  private static byte[] base64Decoded(byte[] text, Repairs repairs) throws UnreadableDocument {
    if (!isBase64(text)) {
      throw notADocument();
    }
    String joined = new String(Percent.decode(text), ISO_8859_1).trim();
    byte[] digits = new byte[joined.length()];
    int length = 0;
    boolean lostPlus = false;
    for (int i = 0; i < joined.length(); i++) {
      char c = joined.charAt(i);
      boolean alone = c == ' ' && joined.charAt(i - 1) > ' ' && joined.charAt(i + 1) > ' ';
      if (c > ' ' || alone) {
        digits[length++] = (byte) (alone ? '+' : c);
      }
      lostPlus |= alone;
    }
    if (lostPlus) {
      repairs.add(0, Flaw.FORM_BLANK, " ", "+");
    }
    if (length == 0) {
      throw notADocument();
    }
    try {
      return Base64.getDecoder().decode(Arrays.copyOf(digits, length));
    } catch (IllegalArgumentException e) {
      throw notADocument();
    }
  }

  /** Whether nothing else is in it, but blanks and escapes: tells what is no document at once. */
  private static boolean isBase64(byte[] text) {
    for (byte b : text) {
      boolean digit = Character.digit(b, Character.MAX_RADIX) >= 0 || "+/=%".indexOf(b) >= 0;
      if (!digit && (b < 0 || b > ' ')) {
        return false;
      }
    }
    return true;
  }

  private static String head(byte[] bytes, int from) {
    return head(bytes, from, HEAD);
  }

  private static String head(byte[] bytes, int from, int length) {
    return new String(bytes, from, Math.min(bytes.length - from, length), ISO_8859_1);
  }

  private static UnreadableDocument notADocument() {
    return new UnreadableDocument(
        "The body is neither XML nor JSON, be it plain, percent-encoded or in base64; let a"
            + " FreeSWITCH with mod_xml_cdr, mod_json_cdr or mod_format_cdr send it.");
  }
}
