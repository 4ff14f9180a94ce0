package org.waybill.task;

import java.util.Locale;

/** What a delivery carries, and so which kind of gateway it needs. */
public enum DeliveryKind {
  STORAGE("storage"),
  ANALYTICS("analytics"),
  EMAIL("smtp"),
  REPORT("report");

  private final String gatewayKind;

  DeliveryKind(String gatewayKind) {
    this.gatewayKind = gatewayKind;
  }

  /** As idempotency keys and the database spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of gateway that takes it, as {@code gateways.kind} spells it. */
  public String gatewayKind() {
    return gatewayKind;
  }

  public static DeliveryKind ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
