package org.waybill.call.feed;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.waybill.platform.Database;

/** What all loops of a platform work with. */
record FeedRoom(
    Database database,
    FeedLease lease,
    FeedStates states,
    FeedMetrics metrics,
    Clock clock,
    CountDownLatch stopped) {}
