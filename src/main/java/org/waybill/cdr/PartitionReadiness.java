package org.waybill.cdr;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.waybill.platform.ReadinessCheck;

/** Whether today's CDRs have a partition to go to. */
@ApplicationScoped
class PartitionReadiness implements ReadinessCheck {
  private final Maintenance maintenance;

  @Inject
  PartitionReadiness(Maintenance maintenance) {
    this.maintenance = maintenance;
  }

  @Override
  public String name() {
    return "partitions";
  }

  @Override
  public Optional<String> obstacle() {
    return maintenance.isPrepared()
        ? Optional.empty()
        : Optional.of("Today has no partition; WB-CDR-03 in the log says why it was not made.");
  }
}
