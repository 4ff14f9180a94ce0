package org.waybill.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.waybill.platform.Database;
import org.waybill.platform.Settings;

/** Sets the room up from the settings: one HTTP client and one pool of mail threads a server. */
@ApplicationScoped
class CourierProducer {
  private static final Duration SMTP_TIMEOUT = Duration.ofSeconds(60);

  @Produces
  @Singleton
  Courier courier(Settings settings, Database database, Clock clock) {
    return new Courier(
        new HttpGateway(settings.gatewayConnectTimeout(), settings.gatewayTimeout(), clock),
        new MailWriter(new MailTemplates(database, clock)),
        new SmtpGateway(settings.mailFrom().orElse(null), SMTP_TIMEOUT, clock));
  }

  @Produces
  @Singleton
  RetrySchedule retrySchedule(Settings settings) {
    return new RetrySchedule(
        settings.retrySchedule(), () -> ThreadLocalRandom.current().nextLong());
  }
}
