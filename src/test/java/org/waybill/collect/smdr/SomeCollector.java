package org.waybill.collect.smdr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.waybill.collect.SomeIntake;
import org.waybill.collect.switches.Sightings;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;
import org.waybill.testing.Relay;
import org.waybill.testing.TestDatabase;

/** A collector that listens on a port of its own, beside a database that can be cut off. */
final class SomeCollector {
  static final String LINE = "170925 1547 00252                    2434 0                2432";
  static final String CDRS = "SELECT COUNT(*) FROM normalized_cdrs";
  static final String REJECTED = "SELECT COUNT(*) FROM rejected_cdrs";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final TestDatabase db = TestDatabase.fresh();
  final Relay relay = new Relay(db);
  final int port = freePort();
  private final SomeIntake some = new SomeIntake(db, relay.database(), Clock.systemUTC());
  private final Metrics metrics = new Metrics();
  private final Path data;
  private @Nullable SmdrCollector collector;

  SomeCollector(Path data) {
    this.data = data;
  }

  void close() throws InterruptedException {
    stop();
    some.stop();
    relay.close();
  }

  Delivery.Way way() {
    return new Delivery.Way(
        some.intake,
        some.keeping,
        some.organizations,
        new Segments(db.database()),
        new Sightings(),
        new SmdrMetrics(new Metrics().registry()),
        Clock.systemUTC(),
        new Semaphore(1));
  }

  static String segment(int call, int continuation, String name) {
    return "2025/09/17 15:44:08,00:00:10,7,0142685300,I,2001,2001,,0,%d,%d,E1,%s,T9002,L 1,0,0\r\n"
        .formatted(call, continuation, name);
  }

  /** Each another call. */
  static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> LINE.replace("2432", "" + (10_000 + i)) + "\n")
        .collect(Collectors.joining());
  }

  void listen(String layout) {
    start(Map.of("waybill.smdr.port", "" + port, "waybill.smdr.layout", layout));
  }

  void start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("waybill.smdr.org", "1001");
    all.put("waybill.data.dir", data.toString());
    SmdrCollector started =
        new SmdrCollector(
            Settings.from(all::get, all.keySet()),
            some.intake,
            some.keeping,
            some.organizations,
            new Sightings(),
            relay.database(),
            Clock.systemUTC(),
            metrics);
    started.atStart(this);
    collector = started;
  }

  void stop() {
    if (collector != null) {
      collector.atStop(this);
    }
  }

  void send(String text) throws Exception {
    try (Socket socket = connect()) {
      write(socket, text);
      socket.shutdownOutput();
      // Returns when the other side has closed, too: all is durable.
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  Socket connect() throws Exception {
    for (int i = 0; ; i++) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException e) {
        assertThat(i).as("the port does not open").isLessThan(500);
        Thread.sleep(20);
      }
    }
  }

  static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  static void writeAll(Socket socket, String text) {
    try {
      write(socket, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitCount(String sql, int wanted) throws InterruptedException {
    assertThat(db.awaitCount(sql, wanted, PATIENCE)).isEqualTo(wanted);
  }

  void awaitRecords(String outcome, int wanted) throws InterruptedException {
    awaitFigure("waybill_smdr_records", outcome, wanted);
  }

  void awaitFigure(String name, String label, Integer... wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!List.of(wanted).contains(figure(name, label))) {
      assertThat(System.nanoTime()).as(name + " is " + figure(name, label)).isLessThan(end);
      Thread.sleep(20);
    }
  }

  int figure(String name, String label) {
    return (int)
        metrics.registry().scrape(found -> found.equals(name)).stream()
            .flatMap(snapshot -> snapshot.getDataPoints().stream())
            .filter(point -> label.isEmpty() || label.equals(point.getLabels().get("outcome")))
            .mapToDouble(SomeCollector::value)
            .sum();
  }

  private static double value(DataPointSnapshot point) {
    return point instanceof CounterDataPointSnapshot counter
        ? counter.getValue()
        : ((GaugeDataPointSnapshot) point).getValue();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
