package org.waybill.normalize;

import org.jspecify.annotations.Nullable;

/**
 * The switch that made a document, as it names itself there.
 *
 * @param name for people
 * @param instance another one after each restart
 */
public record Switch(String name, @Nullable String instance) {
  public Switch {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A switch that names itself has a name.");
    }
  }

  /** Null where a document does not name it: an instance alone names nobody over its restarts. */
  public static @Nullable Switch of(@Nullable String name, @Nullable String instance) {
    String said = said(name);
    return said == null ? null : new Switch(said, said(instance));
  }

  private static @Nullable String said(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
