package org.waybill.normalize;

import org.jspecify.annotations.Nullable;

/**
 * The switch that made a document, as it names itself there: by at least one of the two.
 *
 * @param name for people
 * @param instance another one after each restart
 */
public record Switch(@Nullable String name, @Nullable String instance) {
  public Switch {
    if (name == null && instance == null) {
      throw new IllegalArgumentException("A switch that names itself has a name or an instance.");
    }
  }

  /** Null where a document says nothing of it. */
  public static @Nullable Switch of(@Nullable String name, @Nullable String instance) {
    String said = said(name);
    String running = said(instance);
    return said == null && running == null ? null : new Switch(said, running);
  }

  private static @Nullable String said(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
