package org.waybill.collect;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A media type, as RFC 9110 section 8.3 writes it.
 *
 * @param type in small letters, without parameters
 * @param charset its parameter, where it has one
 */
record ContentType(String type, @Nullable String charset) {
  private static final Pattern TYPE =
      Pattern.compile("\\s*([\\w!#$&^.+-]+/[\\w!#$&^.+-]+)\\s*(?:;.*)?", Pattern.DOTALL);
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)\"?", Pattern.CASE_INSENSITIVE);

  static Optional<ContentType> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher type = TYPE.matcher(header);
    if (!type.matches()) {
      return Optional.empty();
    }
    Matcher charset = CHARSET.matcher(header);
    return Optional.of(
        new ContentType(
            type.group(1).toLowerCase(Locale.ROOT), charset.find() ? charset.group(1) : null));
  }

  /** RFC 7303: the two registered types and every {@code application/…+xml}. */
  boolean isXml() {
    return type.equals("application/xml")
        || type.equals("text/xml")
        || (type.startsWith("application/") && type.endsWith("+xml"));
  }
}
