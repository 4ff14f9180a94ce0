package org.waybill.dispatch;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.runtime.BatchStatus;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one step of a dispatch job: drives its queues for as long as this node runs. */
@Named
@Dependent
public class DispatchBatchlet extends AbstractBatchlet {
  private final Dispatch dispatch;
  private final String gatewayKinds;
  private @Nullable Thread driving;
  private boolean stopped;

  @Inject
  public DispatchBatchlet(
      Dispatch dispatch, @BatchProperty(name = "gatewayKinds") String gatewayKinds) {
    this.dispatch = dispatch;
    this.gatewayKinds = gatewayKinds;
  }

  @Override
  public String process() throws InterruptedException {
    Thread thread = begin();
    if (thread != null) {
      thread.join();
    }
    return BatchStatus.COMPLETED.name();
  }

  private synchronized @Nullable Thread begin() {
    if (!stopped) {
      driving = dispatch.drive(Set.of(gatewayKinds.split(",", -1)));
    }
    return driving;
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (driving != null) {
      dispatch.stop(driving);
    }
  }
}
