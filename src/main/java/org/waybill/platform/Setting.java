package org.waybill.platform;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One name of the public contract: what it is called, what it is when nobody says, how its text
 * becomes a value.
 */
record Setting<T>(String name, @Nullable String byDefault, boolean secret, Parser<T> parser) {
  /** Up to the last @: a password that should have been encoded may hold / and @ itself. */
  private static final Pattern CREDENTIALS = Pattern.compile("//[^,\\s]*@");

  private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&]*");

  /** Turns text into a value or says, as the end of a sentence, what the text should have been. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String text);
  }

  static <T> Setting<T> of(String name, @Nullable String byDefault, Parser<T> parser) {
    return new Setting<>(name, byDefault, false, parser);
  }

  static Setting<String> secret(String name) {
    return new Setting<>(name, null, true, text -> text);
  }

  /** The MicroProfile Config property: {@code waybill.http.port} for WAYBILL_HTTP_PORT. */
  String property() {
    return name.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Its text, where an empty one counts as absent, as MicroProfile Config has it. */
  @Nullable String text(Function<String, @Nullable String> lookup) {
    String text = lookup.apply(property());
    return text == null || text.isBlank() ? byDefault : text.strip();
  }

  /** The text as logs and messages may show it. */
  String shown(String text) {
    if (secret) {
      return "***";
    }
    return PASSWORD.matcher(CREDENTIALS.matcher(text).replaceAll("//***@")).replaceAll("$1***");
  }
}
