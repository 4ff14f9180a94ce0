package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The encodings of a switch, as src/switch_utils.c and src/switch_xml.c do them. */
final class SwitchEncoding {
  private static final String UNSAFE = "\r\n #%&+:;<=>?@[\\]^`{|}\"";
  private static final String HEX = "0123456789ABCDEF";

  private SwitchEncoding() {}

  /** switch_url_encode: what looks encoded already stays. */
  static String once(String text) {
    return encoded(text, false);
  }

  /** switch_url_encode_opt with double_encode. */
  static String again(String text) {
    return encoded(text, true);
  }

  private static String encoded(String text, boolean twice) {
    String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      boolean unsafe = c < ' ' || c > '~' || UNSAFE.indexOf(c) >= 0;
      if (unsafe && (twice || !isEncoded(bytes, i))) {
        encoded.append('%').append(HEX.charAt(c / 16)).append(HEX.charAt(c % 16));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }

  private static boolean isEncoded(String bytes, int at) {
    return bytes.charAt(at) == '%'
        && at + 2 < bytes.length()
        && HEX.indexOf(bytes.charAt(at + 1)) >= 0
        && HEX.indexOf(bytes.charAt(at + 2)) >= 0;
  }

  /** switch_xml_ampencode. */
  static String xml(String text, boolean attribute) {
    StringBuilder xml = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("<!", i)) {
        return xml.append(text, i, text.length()).toString();
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c) - 1;
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '"' -> xml.append(attribute ? "&quot;" : "\"");
        case '\n' -> xml.append(attribute ? "&#xA;" : "\n");
        case '\t' -> xml.append(attribute ? "&#x9;" : "\t");
        case '\r' -> xml.append("&#xD;");
        default -> {
          if (c < 0x80) {
            xml.append((char) c);
          } else {
            xml.append(String.format("&#x%04X;", c));
          }
        }
      }
    }
    return xml.toString();
  }

  /** cJSON's print_string_ptr. */
  static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int code = "\"\\\b\f\n\r\t".indexOf(c);
      if (code >= 0) {
        json.append('\\').append("\"\\bfnrt".charAt(code));
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
