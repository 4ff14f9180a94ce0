package org.waybill.console.page;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.waybill.report.AnswerFigures;
import org.waybill.report.QueueStandings;
import org.waybill.task.Gateways;

/** Looks at every gateway, but not at how it answered of late, which takes longer. */
@Dependent
public class GatewayViews {
  private final Gateways gateways;
  private final QueueStandings queues;

  @Inject
  public GatewayViews(Gateways gateways, QueueStandings queues) {
    this.gateways = gateways;
    this.queues = queues;
  }

  List<GatewayView> at(Instant now) {
    return gateways.all().stream()
        .map(one -> new GatewayView(one, queues.of(one.id()), AnswerFigures.NONE, now))
        .toList();
  }
}
