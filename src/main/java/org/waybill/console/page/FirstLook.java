package org.waybill.console.page;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Flow;

/**
 * Makes the overview once before anybody asks. On a server that has just started, who looks first
 * would wait for all classes and all rows that it is made of, and that is somebody in a hurry.
 */
@ApplicationScoped
public class FirstLook {
  private static final Logger LOG = System.getLogger(FirstLook.class.getName());

  private final @Nullable Lookout lookout;

  @Resource private @Nullable ManagedExecutorService executor;

  @Inject
  public FirstLook(Lookout lookout) {
    this.lookout = lookout;
  }

  /** For the proxy of CDI only. */
  protected FirstLook() {
    this.lookout = null;
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (executor != null && lookout != null) {
      executor.execute(() -> look(lookout));
    }
  }

  private static void look(Lookout lookout) {
    try {
      Frame frame = new Frame("Overview", Section.OVERVIEW, null, null, null, "/", null);
      Overview overview = lookout.look(Flow.Span.HOUR);
      Page.text((output, forms) -> JteoverviewGenerated.render(output, forms, frame, overview));
    } catch (RuntimeException e) {
      LOG.log(
          Level.INFO,
          "WB-CONSOLE-03 The overview could not be made ahead; who looks first may wait a second."
              + " ({0})",
          e.toString());
    }
  }
}
