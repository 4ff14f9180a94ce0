package org.waybill.console.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.waybill.report.QueueStanding;
import org.waybill.task.Gateway;
import org.waybill.task.MaskedUrl;

/**
 * A gateway and how it stands.
 *
 * @param pulse what this node sent it of late; null where it sent nothing
 */
record GatewayView(
    Gateway gateway, QueueStanding queue, GatewayPulse.@Nullable Beat pulse, Instant now) {
  String url() {
    return MaskedUrl.of(gateway.url());
  }

  String backlog() {
    return Show.number(queue.backlog()) + (queue.backlog() == QueueStanding.COUNTED ? "+" : "");
  }

  String oldest() {
    return queue.backlog() == 0 ? "–" : Show.age(queue.oldest(), now);
  }
}
