package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The forms that a document goes over the wire in, or lies in a spool in. */
enum WireForm {
  RAW_FIELD,
  PERCENT_FIELD,
  BASE64_FIELD,
  BASE64_FIELD_ESCAPED,
  BASE64_FIELD_IN_LINES,
  FIELD_AFTER_ANOTHER,
  RAW,
  RAW_WITH_BYTE_ORDER_MARK,
  PERCENT_FILE,
  BASE64_FILE,
  BASE64_FILE_IN_LINES;

  byte[] of(String text) {
    return written(text).getBytes(UTF_8);
  }

  private String written(String text) {
    return switch (this) {
      case RAW_FIELD -> "cdr=" + text;
      case PERCENT_FIELD -> "cdr=" + SwitchEncoding.again(text);
      case BASE64_FIELD -> "cdr=" + base64(text);
      case BASE64_FIELD_ESCAPED -> "cdr=" + SwitchEncoding.again(base64(text));
      case BASE64_FIELD_IN_LINES -> "cdr=" + lines(text);
      case FIELD_AFTER_ANOTHER -> "uuid=a_b1&cdr=" + SwitchEncoding.again(text);
      case RAW -> text;
      case RAW_WITH_BYTE_ORDER_MARK -> "\uFEFF" + text;
      case PERCENT_FILE -> SwitchEncoding.again(text) + "\n";
      case BASE64_FILE -> base64(text) + "\n";
      case BASE64_FILE_IN_LINES -> lines(text);
    };
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String lines(String text) {
    return Base64.getMimeEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
