package org.waybill.gateway;

import java.time.Clock;
import java.time.Duration;
import org.waybill.platform.Database;

/** Real couriers, with the timeouts that a test has the patience for. */
public final class Couriers {
  private Couriers() {}

  public static Courier with(Duration timeout, Database database, Clock clock) {
    return new Courier(
        new HttpGateway(timeout, timeout, clock),
        new MailWriter(new MailTemplates(database, clock)),
        new SmtpGateway("waybill@example.com", timeout, clock));
  }
}
