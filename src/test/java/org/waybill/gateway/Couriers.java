package org.waybill.gateway;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.waybill.gateway.report.ReportGateway;
import org.waybill.gateway.report.SftpAccess;
import org.waybill.platform.Database;

/** Real couriers, with the timeouts that a test has the patience for. */
public final class Couriers {
  private Couriers() {}

  public static Courier with(Duration timeout, Database database, Clock clock) {
    return with(timeout, database, clock, new SftpAccess(null, Path.of("no-hosts"), timeout));
  }

  public static Courier with(Duration timeout, Database database, Clock clock, SftpAccess sftp) {
    HttpGateway http = new HttpGateway(timeout, timeout, clock);
    return new Courier(
        http,
        new MailWriter(new MailTemplates(database, clock)),
        new SmtpGateway("waybill@example.com", timeout, clock),
        new ReportGateway(http, sftp));
  }
}
