package org.waybill.gateway;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.waybill.gateway.report.CallReport;
import org.waybill.gateway.report.ReportGateway;
import org.waybill.task.Gateway;

/** The room's door: takes a delivery to its gateway, once; those of reports in batches. */
public final class Courier {
  private final HttpGateway http;
  private final MailWriter writer;
  private final SmtpGateway smtp;
  private final ReportGateway reports;

  Courier(HttpGateway http, MailWriter writer, SmtpGateway smtp, ReportGateway reports) {
    this.http = http;
    this.writer = writer;
    this.smtp = smtp;
    this.reports = reports;
  }

  /**
   * Sends once. The future always completes with a verdict, and no thread of the caller's is held;
   * what follows must be handed on quickly, since it runs on a thread of the network's.
   *
   * @throws org.waybill.platform.DatabaseException when the e-mail's template could not be read;
   *     then nothing was sent
   */
  public CompletableFuture<Verdict> send(Gateway gateway, Consignment consignment) {
    return switch (consignment.key().kind()) {
      case STORAGE, ANALYTICS -> http.send(gateway, shipment(consignment));
      case EMAIL -> mail(gateway, writer.write(consignment));
      case REPORT -> throw new IllegalArgumentException("Reports go in batches.");
    };
  }

  /** Takes reports to consumers, batch by batch. */
  public ReportGateway reports() {
    return reports;
  }

  /**
   * What its recipient would be told, and so whether a change is one to them: the body, or the
   * letter's recipient and texts; but nothing of keys and attempts.
   */
  public byte[] contents(Consignment consignment) {
    return switch (consignment.key().kind()) {
      case STORAGE, ANALYTICS -> shipment(consignment).body();
      case EMAIL -> text(writer.write(consignment)).getBytes(StandardCharsets.UTF_8);
      case REPORT -> reports.body(CallReport.of(consignment.cdr()));
    };
  }

  private static String text(MailWriter.Letter letter) {
    if (letter instanceof MailWriter.Impossible impossible) {
      return impossible.verdict().reason();
    }
    Mail mail = ((MailWriter.Written) letter).mail();
    return String.join("\0", mail.recipient(), mail.subject(), mail.body());
  }

  private CompletableFuture<Verdict> mail(Gateway gateway, MailWriter.Letter letter) {
    if (letter instanceof MailWriter.Impossible impossible) {
      return CompletableFuture.completedFuture(impossible.verdict());
    }
    return smtp.send(gateway, ((MailWriter.Written) letter).mail());
  }

  private static Shipment shipment(Consignment consignment) {
    byte[] body = Payload.of(consignment.cdr(), consignment.task(), consignment.planned());
    return new Shipment(consignment.idempotencyKey(), consignment.attempt(), body);
  }
}
