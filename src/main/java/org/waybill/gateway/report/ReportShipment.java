package org.waybill.gateway.report;

import java.time.Instant;

/**
 * A batch to be sent once.
 *
 * @param gateway the consumer's id
 * @param number of the batch among those of this consumer
 * @param attempt counts the sends of this batch, from 1
 * @param body as {@link ReportGateway#body} made it
 */
// The array is read for this one send and handed on; copying it would cost and protect nobody.
@SuppressWarnings("ArrayRecordComponent")
public record ReportShipment(int gateway, long number, Instant madeAt, int attempt, byte[] body) {

  String idempotencyKey() {
    return "report-" + gateway + "-" + number;
  }

  String fileName() {
    return ReportCsv.name(gateway, number, madeAt);
  }
}
