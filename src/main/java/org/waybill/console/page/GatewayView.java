package org.waybill.console.page;

import java.time.Instant;
import java.util.Locale;
import org.waybill.report.AnswerFigures;
import org.waybill.report.QueueStanding;
import org.waybill.task.Gateway;
import org.waybill.task.MaskedUrl;

/**
 * A gateway and how it stands.
 *
 * @param figures how it answered all nodes of late
 */
record GatewayView(Gateway gateway, QueueStanding queue, AnswerFigures figures, Instant now) {
  private static final int A_SECOND = 1000;

  String url() {
    return MaskedUrl.of(gateway.url());
  }

  String title() {
    return "Gateway "
        + gateway.id()
        + ": "
        + (gateway.name() == null ? gateway.kind() : gateway.name());
  }

  String backlog() {
    return Show.number(queue.backlog()) + (queue.backlog() == QueueStanding.COUNTED ? "+" : "");
  }

  String oldest() {
    return queue.backlog() == 0 ? "–" : Show.age(queue.oldest(), now);
  }

  boolean isClosed() {
    return queue.circuit().equals("closed");
  }

  /** Whether a probe can be asked for. */
  boolean mayBeProbed() {
    return !isClosed() && gateway.active() && !gateway.paused();
  }

  String owner() {
    return queue.owner() == null ? "nobody" : "node " + queue.owner();
  }

  String perSecond() {
    double rate = figures.perSecond();
    return String.format(Locale.ROOT, rate >= 10 ? "%,.0f" : "%.1f", rate);
  }

  String success() {
    return Show.percent(figures.delivered(), figures.sends());
  }

  String p95() {
    Integer bound = figures.p95();
    if (bound == null) {
      return "–";
    }
    if (bound == AnswerFigures.BEYOND) {
      return "> 10 s";
    }
    return "≤ " + (bound < A_SECOND ? bound + " ms" : bound / (double) A_SECOND + " s");
  }
}
