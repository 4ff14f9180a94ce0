package org.waybill.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.waybill.gateway.report.ReportGateway;
import org.waybill.gateway.report.SftpAccess;
import org.waybill.platform.Database;
import org.waybill.platform.Settings;

/** Sets the room up from the settings: one HTTP client and one pool of mail threads a server. */
@ApplicationScoped
class CourierProducer {
  private static final Duration SMTP_TIMEOUT = Duration.ofSeconds(60);

  @Produces
  @Singleton
  Courier courier(Settings settings, Database database, Clock clock) {
    HttpGateway http =
        new HttpGateway(settings.gatewayConnectTimeout(), settings.gatewayTimeout(), clock);
    SftpAccess sftp =
        new SftpAccess(
            settings.reports().sftpKey().orElse(null),
            settings.reports().knownHosts(),
            settings.gatewayTimeout());
    return new Courier(
        http,
        new MailWriter(new MailTemplates(database, clock)),
        new SmtpGateway(settings.mailFrom().orElse(null), SMTP_TIMEOUT, clock),
        new ReportGateway(http, sftp));
  }

  @Produces
  @Singleton
  RetrySchedule retrySchedule(Settings settings) {
    return new RetrySchedule(
        settings.retrySchedule(), () -> ThreadLocalRandom.current().nextLong());
  }
}
