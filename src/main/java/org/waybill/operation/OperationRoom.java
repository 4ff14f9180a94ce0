package org.waybill.operation;

import java.time.Clock;
import org.waybill.platform.Database;

/** What whoever works on operations works with. */
record OperationRoom(
    Database database,
    OperationLeases leases,
    OperationKinds kinds,
    Clock clock,
    OperationTimes times) {}
