package org.waybill.console.page;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.waybill.collect.switches.Switches;
import org.waybill.operation.OperationState;
import org.waybill.operation.Operations;
import org.waybill.report.Flow;
import org.waybill.report.Flows;
import org.waybill.report.LedgerWatch;
import org.waybill.report.Standing;
import org.waybill.report.Standings;

/** Gathers all that the overview shows. */
@Dependent
public class Lookout {
  private static final int FEW = 5;
  private static final int SWITCHES = 50;

  private final Standings standings;
  private final GatewayViews gateways;
  private final Undecided.Search undecided;
  private final Switches switches;
  private final Operations operations;
  private final Flows flows;
  private final LedgerWatch ledger;

  @Inject
  public Lookout(
      Standings standings,
      GatewayViews gateways,
      Undecided.Search undecided,
      Switches switches,
      Operations operations,
      Flows flows,
      LedgerWatch ledger) {
    this.standings = standings;
    this.gateways = gateways;
    this.undecided = undecided;
    this.switches = switches;
    this.operations = operations;
    this.flows = flows;
    this.ledger = ledger;
  }

  Overview look(Flow.Span span) {
    Standing standing = standings.now();
    return new Overview(
        standing,
        gateways.at(standing.now()),
        undecided.now(),
        switches.list(null, null, SWITCHES),
        operations.list(OperationState.RUNNING, null, null, FEW),
        flows.before(standing.now(), span),
        ledger.seen());
  }
}
