package org.waybill.platform;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What this server was told of a call-flow platform whose feeds it polls. */
public final class FeedSettings {
  private final Settings settings;

  FeedSettings(Settings settings) {
    this.settings = settings;
  }

  /** The address before those of the feeds; none: nothing is polled. */
  public Optional<URI> url() {
    return settings.optional(SettingNames.FEED_URL);
  }

  /** Whose its calls are; there is one when there is a URL. */
  public Optional<Integer> owner() {
    return settings.optional(SettingNames.FEED_ORG);
  }

  public Duration interval() {
    return settings.required(SettingNames.FEED_INTERVAL);
  }

  /** For all of a request to the platform, the last byte of its answer included. */
  public Duration timeout() {
    return settings.required(SettingNames.FEED_TIMEOUT);
  }

  /** Items of a page. */
  public int limit() {
    return settings.required(SettingNames.FEED_LIMIT);
  }

  /** How many ids below the cursor are looked at again. */
  public int overlap() {
    return settings.required(SettingNames.FEED_OVERLAP);
  }

  void contradictions(List<String> problems) {
    if (url().isPresent()
        && owner().isEmpty()
        && problems.stream().noneMatch(problem -> problem.startsWith("WAYBILL_FEED_ORG "))) {
      problems.add(
          "WAYBILL_FEED_URL is set without WAYBILL_FEED_ORG; set the rmOrgID whose its calls are.");
    }
  }
}
