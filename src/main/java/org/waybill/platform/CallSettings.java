package org.waybill.platform;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What this server was told of calls that come in pieces, and of the broker that brings them. */
public final class CallSettings {
  private final Settings settings;

  CallSettings(Settings settings) {
    this.settings = settings;
  }

  /** Where lifecycle events are consumed; none: nowhere. */
  public Optional<URI> brokerUrl() {
    return settings.optional(SettingNames.AMQP_URL);
  }

  public String exchange() {
    return settings.required(SettingNames.AMQP_EXCHANGE);
  }

  public String queue() {
    return settings.required(SettingNames.AMQP_QUEUE);
  }

  /** Whose calls are whose tenant is no organization's. */
  public Optional<Integer> owner() {
    return settings.optional(SettingNames.AMQP_ORG);
  }

  /** How long late pieces of a call are waited for. */
  public Duration grace() {
    return settings.required(SettingNames.CALL_GRACE);
  }

  /** How long the next word of a call that has not ended is waited for, such as its end. */
  public Duration maxAge() {
    return settings.required(SettingNames.CALL_MAX_AGE);
  }
}
