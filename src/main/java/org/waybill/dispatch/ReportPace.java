package org.waybill.dispatch;

import java.time.Duration;

/**
 * When a batch of reports is made.
 *
 * @param interval after the one before, where there is something to report
 * @param size of a full one, which is made at once
 */
record ReportPace(Duration interval, int size) {}
