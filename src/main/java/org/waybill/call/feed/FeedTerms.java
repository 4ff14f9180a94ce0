package org.waybill.call.feed;

import java.time.Duration;

/**
 * How a platform is polled.
 *
 * @param rmOrgId whose its calls are
 * @param interval between two polls of a feed
 * @param limit items of a page
 * @param overlap so many ids below the cursor are looked at again, for items that came late
 * @param maxBytes of an answer
 * @param grace after what was last learnt of a call
 * @param maxAge after which a call is closed that never ended
 */
record FeedTerms(
    int rmOrgId,
    Duration interval,
    int limit,
    int overlap,
    int maxBytes,
    Duration grace,
    Duration maxAge) {}
