package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.waybill.platform.ReadinessCheck;

/** Whether the batch jobs of this node drive its queues. */
@ApplicationScoped
class DispatchReadiness implements ReadinessCheck {
  private static final int JOBS = 3;

  private final Dispatch dispatch;

  @Inject
  DispatchReadiness(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  @Override
  public String name() {
    return "dispatch";
  }

  @Override
  public Optional<String> obstacle() {
    return dispatch.driving() == JOBS
        ? Optional.empty()
        : Optional.of("Not all batch jobs run yet; they are started again within seconds.");
  }
}
