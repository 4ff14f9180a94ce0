package org.waybill.collect.smdr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.collect.SomeIntake;
import org.waybill.collect.switches.Sightings;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;
import org.waybill.testing.Relay;
import org.waybill.testing.TestDatabase;

class SmdrCollectorTest {
  private static final String LINE =
      "170925 1547 00252                    2434 0                2432";
  private static final String CDRS = "SELECT COUNT(*) FROM normalized_cdrs";
  private static final String REJECTED = "SELECT COUNT(*) FROM rejected_cdrs";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path data;
  private final TestDatabase db = TestDatabase.fresh();
  private final Relay relay = new Relay(db);
  private final SomeIntake some = new SomeIntake(db, relay.database(), Clock.systemUTC());
  private final Metrics metrics = new Metrics();
  private final int port = freePort();
  private @Nullable SmdrCollector collector;

  @AfterEach
  void stop() throws InterruptedException {
    if (collector != null) {
      collector.atStop(this);
    }
    some.stop();
    relay.close();
  }

  // Lines and chunks

  @Test
  void takesTheLineOfTheSpecificationByteByByte() throws Exception {
    listen("simple");
    try (Socket socket = connect()) {
      socket.setTcpNoDelay(true);
      for (byte next : (LINE + "\r\n\0\0\0").getBytes(US_ASCII)) {
        socket.getOutputStream().write(next);
        Thread.sleep(1);
      }
      awaitCount(CDRS, 1);
    }
    assertThat(
            db.one(
                "SELECT CONCAT_WS(' ', date, duration, calling_number, called_number, call_code)"
                    + " FROM avaya_cdr"))
        .isEqualTo("2025-09-17 15:44:08 172 2432 2434 0");
    assertThat(db.one("SELECT source FROM normalized_cdrs")).isEqualTo("smdr");
    assertThat(db.one("SELECT UNCOMPRESS(body) FROM raw_cdrs")).isEqualTo(LINE);
  }

  @Test
  void takesAThousandLinesInOnePacket() throws Exception {
    listen("simple");
    send(lines(0, 1_000));
    awaitCount(CDRS, 1_000);
    assertThat(db.count(REJECTED)).isZero();
  }

  @Test
  void takesALastLineWithoutAnEnd() throws Exception {
    listen("simple");
    send(LINE);
    awaitCount(CDRS, 1);
  }

  @Test
  void storesADumpThatIsSentTwiceOnce() throws Exception {
    listen("simple");
    send(lines(0, 300));
    send(lines(0, 300));
    send(lines(299, 301));
    awaitCount(CDRS, 301);
    awaitRecords("duplicate", 301);
    assertThat(db.count(CDRS)).isEqualTo(301);
  }

  @Test
  void keepsEachMalformedLineWithItsBytes() throws Exception {
    listen("simple");
    send("one\r\n" + lines(0, 2) + "t\u0007wo\n\n\0" + "x".repeat(10_000) + "\n" + lines(2, 3));
    awaitCount(CDRS, 3);
    awaitCount(REJECTED, 3);
    assertThat(db.count("SELECT COUNT(*) FROM rejected_cdrs WHERE body IN ('one', 't\u0007wo')"))
        .isEqualTo(2);
    assertThat(db.count("SELECT MAX(LENGTH(body)) FROM rejected_cdrs"))
        .isEqualTo(LineSplitter.LONGEST);
    assertThat(
            db.count("SELECT COUNT(*) FROM rejected_cdrs WHERE rmOrgID = 1001 AND source ='smdr'"))
        .isEqualTo(3);
  }

  // Connections

  @Test
  void servesTwoHundredConnections() throws Exception {
    listen("simple");
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sockets.add(connect());
    }
    for (int part = 0; part < 4; part++) {
      for (int i = 0; i < sockets.size(); i++) {
        write(sockets.get(i), lines(i * 20 + part * 5, i * 20 + part * 5 + 5));
      }
    }
    awaitCount(CDRS, 4_000);
    assertThat(figure("waybill_smdr_connections", "")).isEqualTo(200);
    for (Socket socket : sockets) {
      socket.close();
    }
    awaitFigure("waybill_smdr_connections", "", 0);
  }

  @Test
  void waitsForAPeerThatFallsSilentInTheMiddleOfALine() throws Exception {
    listen("simple");
    try (Socket silent = connect()) {
      write(silent, LINE.substring(0, 40));
      send(lines(0, 10));
      awaitCount(CDRS, 10);
      assertThat(db.count(REJECTED)).isZero();
      write(silent, LINE.substring(40) + "\n");
      awaitCount(CDRS, 11);
    }
  }

  @Test
  void closesASilentPeerAfterTheTimeThatIsSet() throws Exception {
    start(Map.of("waybill.smdr.port", "" + port, "waybill.smdr.idle.timeout", "PT0.3S"));
    try (Socket silent = connect()) {
      write(silent, lines(0, 1) + LINE.substring(0, 40));
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    awaitCount(CDRS, 1);
    awaitCount(REJECTED, 1);
    assertThat(db.one("SELECT body FROM rejected_cdrs")).isEqualTo(LINE.substring(0, 40));
    assertThat(db.one("SELECT violations FROM rejected_cdrs")).contains("broke in the middle");
  }

  @Test
  void keepsHalfALineOfAConnectionThatBreaks() throws Exception {
    listen("simple");
    try (Socket socket = connect()) {
      write(socket, lines(0, 1) + LINE.substring(0, 61));
      awaitCount(CDRS, 1);
      socket.setSoLinger(true, 0);
    }
    awaitCount(REJECTED, 1);
    assertThat(db.count(CDRS)).isEqualTo(1);
  }

  @Test
  void callsASwitchThatWaitsForItAndAgainWhenItIsCutOff() throws Exception {
    try (ServerSocket office = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      start(Map.of("waybill.smdr.links", "127.0.0.1:" + office.getLocalPort() + "/1001/ipoffice"));
      try (Socket first = office.accept()) {
        write(first, segment(1, 0, "A") + segment(2, 0, "B"));
        awaitCount(CDRS, 2);
      }
      try (Socket second = office.accept()) {
        write(second, segment(2, 0, "B") + segment(3, 0, "C"));
        awaitCount(CDRS, 3);
      }
    }
  }

  // The database

  @Test
  void letsASenderWaitThatIsFasterThanTheDatabase() throws Exception {
    listen("simple");
    int count = 10_000;
    ByteBuffer dump = ByteBuffer.wrap(lines(0, count).getBytes(US_ASCII));
    relay.freeze();
    try (SocketChannel sender = SocketChannel.open()) {
      sender.setOption(StandardSocketOptions.SO_SNDBUF, 65_536);
      sender.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      sender.configureBlocking(false);
      for (int stuck = 0; stuck < 100 && dump.hasRemaining(); ) {
        stuck = sender.write(dump) == 0 ? stuck + 1 : 0;
        Thread.sleep(10);
      }
      // What is neither sent nor read waits in the buffers of the two sockets.
      assertThat(dump.remaining()).isPositive();
      relay.thaw();
      sender.configureBlocking(true);
      while (dump.hasRemaining()) {
        sender.write(dump);
      }
    }
    awaitCount(CDRS, count);
    assertThat(db.count(REJECTED)).isZero();
  }

  @Test
  void losesNothingWhenTheDatabaseIsRestartedWhileItIsSentTo() throws Exception {
    listen("simple");
    try (Socket one = connect();
        Socket other = connect()) {
      write(one, lines(0, 500) + "bad\n");
      write(other, lines(500, 1_000));
      relay.cut();
      Thread writer = new Thread(() -> writeAll(one, lines(1_000, 5_000)));
      writer.start();
      awaitFigure("waybill_smdr_held_connections", "", 1, 2);
      write(other, lines(5_000, 5_100));
      relay.mend();
      writer.join();
      awaitCount(CDRS, 5_100);
      awaitCount(REJECTED, 1);
      awaitFigure("waybill_smdr_held_connections", "", 0);
    }
  }

  @Test
  void putsAsideWhatItHasReadWhenItStopsWhileTheDatabaseIsAway() throws Exception {
    listen("simple");
    try (Socket socket = connect()) {
      write(socket, lines(0, 1));
      awaitCount(CDRS, 1);
      relay.cut();
      write(socket, lines(1, 4));
      awaitFigure("waybill_smdr_held_connections", "", 1);
      if (collector != null) {
        collector.atStop(this);
      }
    }
    try (Stream<Path> files = Files.list(data)) {
      List<Path> found = files.toList();
      assertThat(found).hasSize(1);
      assertThat(Files.readString(found.get(0))).isEqualTo(lines(1, 4));
    }
  }

  // Days, and calls in segments

  @Test
  void letsDateRecordsTellTheDays() throws Exception {
    listen("teleseer");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String record = "   23580029A  9 77 00442071838750 2432\r\n\0\0\0";
    DateTimeFormatter order = DateTimeFormatter.ofPattern("MMdd");
    String dump =
        order.format(today.minusDays(2))
            + "\r\n\0\0\0"
            + record
            + order.format(today.minusDays(1))
            + "\r\n\0\0\0"
            + record;
    send(dump);
    send(dump);
    awaitRecords("duplicate", 2);
    assertThat(db.one("SELECT GROUP_CONCAT(DATE(date) ORDER BY date) FROM avaya_cdr"))
        .isEqualTo(today.minusDays(2) + "," + today.minusDays(1));
    assertThat(db.count(REJECTED)).isZero();
  }

  @Test
  void joinsACallWhoseSegmentsComeOverSeveralConnections() throws Exception {
    listen("ipoffice");
    send(segment(1, 1, "A") + segment(2, 1, "X"));
    send(segment(1, 1, "A") + segment(1, 1, "B"));
    assertThat(db.count(CDRS)).isZero();
    send(segment(1, 0, "C") + segment(2, 0, "Y"));
    awaitCount(CDRS, 2);
    send(segment(1, 1, "A") + segment(1, 1, "B") + segment(1, 0, "C"));
    awaitRecords("duplicate", 1);
    assertThat(db.one("SELECT MAX(billsec) FROM normalized_cdrs")).isEqualTo("30");
    assertThat(db.count(CDRS)).isEqualTo(2);
    assertThat(db.count("SELECT COUNT(*) FROM smdr_segments WHERE settled")).isEqualTo(3);
  }

  @Test
  void showsACallWhoseLastSegmentNeverComes() throws Exception {
    start(
        Map.of(
            "waybill.smdr.port", "" + port,
            "waybill.smdr.layout", "ipoffice",
            "waybill.call.max.age", "PT1H"));
    send(segment(1, 1, "A") + segment(1, 1, "B"));
    awaitRecords("kept", 2);
    db.execute("UPDATE smdr_segments SET received_at = received_at - INTERVAL 2 HOUR");
    new AbandonedCalls(way(), Duration.ofHours(1)).close();
    assertThat(db.one("SELECT body FROM rejected_cdrs"))
        .isEqualTo((segment(1, 1, "A") + segment(1, 1, "B")).strip());
    new AbandonedCalls(way(), Duration.ofHours(1)).close();
    assertThat(db.count("SELECT SUM(times) FROM rejected_cdrs")).isEqualTo(1);
    db.execute("UPDATE smdr_segments SET received_at = received_at - INTERVAL 2 DAY");
    new AbandonedCalls(way(), Duration.ofHours(1)).close();
    assertThat(db.count("SELECT COUNT(*) FROM smdr_segments")).isZero();
  }

  private Delivery.Way way() {
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

  private static String segment(int call, int continuation, String name) {
    return "2025/09/17 15:44:08,00:00:10,7,0142685300,I,2001,2001,,0,%d,%d,E1,%s,T9002,L 1,0,0\r\n"
        .formatted(call, continuation, name);
  }

  /** Each another call. */
  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> LINE.replace("2432", "" + (10_000 + i)) + "\n")
        .collect(Collectors.joining());
  }

  private void listen(String layout) {
    start(Map.of("waybill.smdr.port", "" + port, "waybill.smdr.layout", layout));
  }

  private void start(Map<String, String> settings) {
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

  private void send(String text) throws Exception {
    try (Socket socket = connect()) {
      write(socket, text);
      socket.shutdownOutput();
      // Returns when the other side has closed, too: all is durable.
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket connect() throws Exception {
    for (int i = 0; ; i++) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException e) {
        assertThat(i).as("the port does not open").isLessThan(500);
        Thread.sleep(20);
      }
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  private static void writeAll(Socket socket, String text) {
    try {
      write(socket, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitCount(String sql, int wanted) throws InterruptedException {
    assertThat(db.awaitCount(sql, wanted, PATIENCE)).isEqualTo(wanted);
  }

  private void awaitRecords(String outcome, int wanted) throws InterruptedException {
    awaitFigure("waybill_smdr_records", outcome, wanted);
  }

  private void awaitFigure(String name, String label, Integer... wanted)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!List.of(wanted).contains(figure(name, label))) {
      assertThat(System.nanoTime()).as(name + " is " + figure(name, label)).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private int figure(String name, String label) {
    return (int)
        metrics.registry().scrape(found -> found.equals(name)).stream()
            .flatMap(snapshot -> snapshot.getDataPoints().stream())
            .filter(point -> label.isEmpty() || label.equals(point.getLabels().get("outcome")))
            .mapToDouble(SmdrCollectorTest::value)
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
