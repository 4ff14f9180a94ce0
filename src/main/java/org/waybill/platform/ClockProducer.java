package org.waybill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The one clock of the server; tests give their own. */
@ApplicationScoped
class ClockProducer {
  @Produces
  Clock clock() {
    return Clock.systemUTC();
  }
}
