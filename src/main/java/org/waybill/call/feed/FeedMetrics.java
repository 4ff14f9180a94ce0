package org.waybill.call.feed;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code /metrics} says of polled feeds. */
final class FeedMetrics {
  private final Counter items;
  private final Counter polls;
  private final FeedStates states;
  private volatile Map<CallState, Long> calls = Map.of();

  FeedMetrics(PrometheusRegistry registry, FeedStates states) {
    this.states = states;
    items =
        Counter.builder()
            .name("waybill_feed_items_total")
            .help("Items of polled feeds: new, changed since they first came, or rejected")
            .labelNames("feed", "outcome")
            .register(registry);
    polls =
        Counter.builder()
            .name("waybill_feed_polls_total")
            .help("Polls of feeds by how they went")
            .labelNames("feed", "outcome")
            .register(registry);
    for (Feed feed : Feed.values()) {
      items.initLabelValues(feed.word(), "new");
      items.initLabelValues(feed.word(), "changed");
      items.initLabelValues(feed.word(), "rejected");
      polls.initLabelValues(feed.word(), "read");
      polls.initLabelValues(feed.word(), "failed");
    }
    gauges(registry);
  }

  private void gauges(PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("waybill_feed_failing")
        .help("1 while the last poll of the feed failed, else 0")
        .labelNames("feed")
        .callback(
            gauge -> {
              for (Feed feed : Feed.values()) {
                gauge.call(states.isFailing(feed) ? 1 : 0, feed.word());
              }
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("waybill_feed_last_read_seconds")
        .help("When this node last read the feed to its end, in seconds since 1970")
        .labelNames("feed")
        .callback(
            gauge -> {
              for (Feed feed : Feed.values()) {
                gauge.call(seconds(states.readAt(feed)), feed.word());
              }
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("waybill_feed_calls")
        .help("Calls of polled feeds that are not simply stored, by their state")
        .labelNames("state")
        .callback(gauge -> calls.forEach((state, number) -> gauge.call(number, state.word())))
        .register(registry);
  }

  void read(Feed feed) {
    polls.labelValues(feed.word(), "read").inc();
  }

  void failed(Feed feed) {
    polls.labelValues(feed.word(), "failed").inc();
  }

  void stored(Feed feed, FeedStore.Stored stored) {
    items.labelValues(feed.word(), "new").inc(stored.fresh().size());
    items.labelValues(feed.word(), "changed").inc(stored.changed().size());
  }

  void rejected(Feed feed) {
    items.labelValues(feed.word(), "rejected").inc();
  }

  void counted(Map<CallState, Long> now) {
    Map<CallState, Long> all = new EnumMap<>(CallState.class);
    for (CallState state : CallState.values()) {
      if (state != CallState.STORED && state != CallState.LEFT) {
        all.put(state, now.getOrDefault(state, 0L));
      }
    }
    calls = all;
  }

  /** Another node tells. */
  void notCounted() {
    calls = Map.of();
  }

  private static double seconds(@Nullable Instant at) {
    return at == null ? 0 : at.toEpochMilli() / 1e3;
  }
}
