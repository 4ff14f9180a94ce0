package org.waybill.dispatch;

import java.time.Clock;
import org.waybill.gateway.Courier;
import org.waybill.platform.Database;
import org.waybill.task.Gateways;
import org.waybill.task.WorkBell;

/** What all dispatchers of a node share. */
record DispatchRoom(
    Database database,
    Gateways gateways,
    WorkBell bell,
    Courier courier,
    Judge judge,
    Clock clock,
    DispatchTimes times,
    ReportPace pace,
    DispatchFigures figures) {}
