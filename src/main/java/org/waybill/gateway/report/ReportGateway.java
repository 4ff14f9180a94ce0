package org.waybill.gateway.report;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.waybill.gateway.HttpGateway;
import org.waybill.gateway.Shipment;
import org.waybill.gateway.Verdict;
import org.waybill.task.Gateway;

/** Takes batches of CDR reports to consumers, in the form that their URL asks for. */
public final class ReportGateway {
  /** Files are written on threads, which a host that hangs may hold. */
  private static final int THREADS = 8;

  private final HttpGateway http;
  private final SftpAccess sftp;
  private final ExecutorService writers = writers();

  public ReportGateway(HttpGateway http, SftpAccess sftp) {
    this.http = http;
    this.sftp = sftp;
  }

  /** Whether a consumer takes files, in the order of their numbers. */
  public static boolean takesFiles(Gateway consumer) {
    String scheme = scheme(consumer.url());
    return scheme.equals("file") || scheme.equals("sftp");
  }

  /** The bytes of a batch: to be kept, and sent as they are however often. */
  public byte[] body(Gateway consumer, long number, List<CallReport> calls) {
    return takesFiles(consumer) ? ReportCsv.of(number, calls) : ReportJson.of(calls);
  }

  /** What one call is to a consumer of any kind, to find out whether it has changed. */
  public byte[] body(CallReport call) {
    return ReportJson.of(List.of(call));
  }

  /** Sends once. The future always completes with a verdict. */
  public CompletableFuture<Verdict> send(Gateway consumer, ReportShipment batch) {
    if (takesFiles(consumer) != ReportCsv.isOne(batch.body())) {
      return CompletableFuture.completedFuture(anotherForm(consumer, batch));
    }
    if (!takesFiles(consumer)) {
      return http.send(
          consumer, new Shipment(batch.idempotencyKey(), batch.attempt(), batch.body()));
    }
    ReportTarget target =
        scheme(consumer.url()).equals("file")
            ? new DirectoryTarget(consumer.url())
            : new SftpTarget(consumer.url(), sftp);
    return CompletableFuture.supplyAsync(() -> target.put(batch.fileName(), batch.body()), writers);
  }

  private static Verdict anotherForm(Gateway consumer, ReportShipment batch) {
    String reason =
        "Batch %d was made for the former URL of gateway %d: set that again until it is delivered,"
                .formatted(batch.number(), consumer.id())
            + " and make a gateway of its own for files";
    return new Verdict.Misconfigured(reason, null, "");
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  private static ExecutorService writers() {
    ThreadPoolExecutor writers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            ReportGateway::thread);
    writers.allowCoreThreadTimeOut(true);
    return writers;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "waybill-report-files");
    thread.setDaemon(true);
    thread.setContextClassLoader(ReportGateway.class.getClassLoader());
    return thread;
  }
}
