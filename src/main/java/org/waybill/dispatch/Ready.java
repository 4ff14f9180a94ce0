package org.waybill.dispatch;

import org.jspecify.annotations.Nullable;
import org.waybill.task.Delivery;

/**
 * A due delivery that was read ahead.
 *
 * @param cargo null when it is too long to be kept in memory ahead of its turn
 */
record Ready(Delivery delivery, @Nullable Cargo cargo) {}
