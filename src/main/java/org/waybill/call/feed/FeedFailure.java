package org.waybill.call.feed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.WaybillException;

/** A feed could not be read; it is tried again. */
final class FeedFailure extends WaybillException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * @param why what happened and, where there is something to do about it, what
   */
  FeedFailure(String why) {
    this(why, null);
  }

  /**
   * @param retryAfter what the platform asked for
   */
  FeedFailure(String why, @Nullable Duration retryAfter) {
    super(why);
    this.retryAfter = retryAfter;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
