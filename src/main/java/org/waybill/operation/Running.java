package org.waybill.operation;

import org.jspecify.annotations.Nullable;

/**
 * A running operation with what its next stretch begins from.
 *
 * @param lease that of its last owner
 * @param position the last item that is finished
 * @param free nobody owns it, or its owner has not renewed its lease in time
 */
record Running(
    Operation operation, Order order, Lease lease, @Nullable String position, boolean free) {}
