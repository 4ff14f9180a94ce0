package org.waybill.task;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where deliveries go: an entry of the address book {@code gateways}. How to speak to it is the
 * gateway room's.
 *
 * @param name what people call it
 * @param kind {@code storage}, {@code analytics}, {@code smtp} or {@code report}
 * @param rmOrgId the organization whose own it is, or null for everybody's
 * @param authorization value of the Authorization header, where it wants one
 * @param maxInFlight how many requests it is sent at once at the most
 * @param ratePerSecond how many it is sent a second at the most, where limited
 * @param probesAsked how many probes operators have asked for
 */
public record Gateway(
    int id,
    String kind,
    @Nullable String name,
    URI url,
    @Nullable Integer rmOrgId,
    @Nullable String authorization,
    boolean active,
    boolean paused,
    int maxInFlight,
    @Nullable Integer ratePerSecond,
    int probesAsked) {

  /** The queue of deliveries for which no gateway is known yet. */
  public static final int NONE = 0;

  @Override
  public String toString() {
    return "gateway " + id + " (" + kind + ", " + url.getScheme() + "://" + url.getHost() + ")";
  }
}
