package org.waybill.normalize.freeswitch;

import java.util.Locale;

/** The kinds of what is mended in a document. */
enum Flaw {
  /** The bytes are not in the encoding of the document. */
  BAD_ENCODING,
  /** A character that XML cannot hold, such as NUL, is left out. */
  FORBIDDEN_CHARACTER,
  /** Blanks were written as plus signs, or the reverse, by something between the switch and us. */
  FORM_BLANK,

  /** {@code <nolocal:x>}. */
  UNBOUND_PREFIX,
  /** {@code <123>}. */
  NUMERIC_NAME,
  /** {@code <set x>}. */
  NAME_WITH_BLANK,
  /** {@code < x>}. */
  LEADING_BLANK,
  /** {@code <^^,x>}. */
  ODD_NAME,
  /** A {@code <} that begins no markup. */
  RAW_MARKUP,
  /** An {@code &} that begins no reference. */
  RAW_AMPERSAND,
  /** Text where only elements stand is left out. */
  STRAY_TEXT,
  /** An end tag without a beginning is left out. */
  STRAY_END_TAG,

  /** {@code nan}, which is no number in JSON, becomes null. */
  NAN,
  /** A quotation mark inside a JSON string. */
  RAW_QUOTE,
  /** A line end or tab inside a JSON string. */
  RAW_CONTROL,
  /** A backslash that begins no escape in a JSON string. */
  RAW_BACKSLASH;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
