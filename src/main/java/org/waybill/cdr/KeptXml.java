package org.waybill.cdr;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A document as {@code normalized_cdrs} keeps it. A long one is packed, which is done here, on the
 * thread of its sender, and not by the one that commits for all.
 */
public final class KeptXml {
  /** Characters; shorter ones share a page with others anyway (docs/adr/0005). */
  private static final int LONGEST_PLAIN = 4096;

  private final @Nullable String plain;
  private final @Nullable PackedBytes packed;

  private KeptXml(@Nullable String plain, @Nullable PackedBytes packed) {
    this.plain = plain;
    this.packed = packed;
  }

  public static KeptXml of(String xml) {
    return xml.length() <= LONGEST_PLAIN
        ? new KeptXml(xml, null)
        : new KeptXml(null, PackedBytes.of(xml.getBytes(StandardCharsets.UTF_8)));
  }

  /** Null where it is packed. */
  @Nullable String plain() {
    return plain;
  }

  /** Null where it is plain. */
  byte @Nullable [] packed() {
    return packed == null ? null : packed.packed();
  }

  /** Roughly how many bytes go into the database. */
  public int length() {
    return (plain == null ? 0 : plain.length()) + (packed == null ? 0 : packed.length());
  }
}
