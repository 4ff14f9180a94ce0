package org.waybill.collect.smdr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.collect.smdr.SomeCollector.CDRS;
import static org.waybill.collect.smdr.SomeCollector.LINE;
import static org.waybill.collect.smdr.SomeCollector.REJECTED;
import static org.waybill.collect.smdr.SomeCollector.lines;
import static org.waybill.collect.smdr.SomeCollector.segment;
import static org.waybill.collect.smdr.SomeCollector.write;
import static org.waybill.collect.smdr.SomeCollector.writeAll;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmdrCollectorTest {
  @TempDir Path data;
  private SomeCollector collector;

  @BeforeEach
  void prepare() {
    collector = new SomeCollector(data);
  }

  @AfterEach
  void stop() throws InterruptedException {
    collector.close();
  }

  // Lines and chunks

  @Test
  void takesTheLineOfTheSpecificationByteByByte() throws Exception {
    collector.listen("simple");
    try (Socket socket = collector.connect()) {
      socket.setTcpNoDelay(true);
      for (byte next : (LINE + "\r\n\0\0\0").getBytes(US_ASCII)) {
        socket.getOutputStream().write(next);
        Thread.sleep(1);
      }
      collector.awaitCount(CDRS, 1);
    }
    assertThat(
            collector.db.one(
                "SELECT CONCAT_WS(' ', date, duration, calling_number, called_number, call_code)"
                    + " FROM avaya_cdr"))
        .isEqualTo("2025-09-17 15:44:08 172 2432 2434 0");
    assertThat(collector.db.one("SELECT source FROM normalized_cdrs")).isEqualTo("smdr");
    assertThat(collector.db.one("SELECT UNCOMPRESS(body) FROM raw_cdrs")).isEqualTo(LINE);
  }

  @Test
  void takesAThousandLinesInOnePacket() throws Exception {
    collector.listen("simple");
    collector.send(lines(0, 1_000));
    collector.awaitCount(CDRS, 1_000);
    assertThat(collector.db.count(REJECTED)).isZero();
  }

  @Test
  void takesALastLineWithoutAnEnd() throws Exception {
    collector.listen("simple");
    collector.send(LINE);
    collector.awaitCount(CDRS, 1);
  }

  @Test
  void storesADumpThatIsSentTwiceOnce() throws Exception {
    collector.listen("simple");
    collector.send(lines(0, 300));
    collector.send(lines(0, 300));
    collector.send(lines(299, 301));
    collector.awaitCount(CDRS, 301);
    collector.awaitRecords("duplicate", 301);
    assertThat(collector.db.count(CDRS)).isEqualTo(301);
  }

  @Test
  void keepsEachMalformedLineWithItsBytes() throws Exception {
    collector.listen("simple");
    collector.send(
        "one\r\n" + lines(0, 2) + "t\u0007wo\n\n\0" + "x".repeat(10_000) + "\n" + lines(2, 3));
    collector.awaitCount(CDRS, 3);
    collector.awaitCount(REJECTED, 3);
    assertThat(
            collector.db.count(
                "SELECT COUNT(*) FROM rejected_cdrs WHERE body IN ('one', 't\u0007wo')"))
        .isEqualTo(2);
    assertThat(collector.db.count("SELECT MAX(LENGTH(body)) FROM rejected_cdrs"))
        .isEqualTo(LineSplitter.LONGEST);
    assertThat(
            collector.db.count(
                "SELECT COUNT(*) FROM rejected_cdrs WHERE rmOrgID = 1001 AND source ='smdr'"))
        .isEqualTo(3);
  }

  // Connections

  @Test
  void servesTwoHundredConnections() throws Exception {
    collector.listen("simple");
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sockets.add(collector.connect());
    }
    for (int part = 0; part < 4; part++) {
      for (int i = 0; i < sockets.size(); i++) {
        write(sockets.get(i), lines(i * 20 + part * 5, i * 20 + part * 5 + 5));
      }
    }
    collector.awaitCount(CDRS, 4_000);
    assertThat(collector.figure("waybill_smdr_connections", "")).isEqualTo(200);
    for (Socket socket : sockets) {
      socket.close();
    }
    collector.awaitFigure("waybill_smdr_connections", "", 0);
  }

  @Test
  void waitsForAPeerThatFallsSilentInTheMiddleOfALine() throws Exception {
    collector.listen("simple");
    try (Socket silent = collector.connect()) {
      write(silent, LINE.substring(0, 40));
      collector.send(lines(0, 10));
      collector.awaitCount(CDRS, 10);
      assertThat(collector.db.count(REJECTED)).isZero();
      write(silent, LINE.substring(40) + "\n");
      collector.awaitCount(CDRS, 11);
    }
  }

  @Test
  void closesASilentPeerAfterTheTimeThatIsSet() throws Exception {
    collector.start(
        Map.of("waybill.smdr.port", "" + collector.port, "waybill.smdr.idle.timeout", "PT0.3S"));
    try (Socket silent = collector.connect()) {
      write(silent, lines(0, 1) + LINE.substring(0, 40));
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    collector.awaitCount(CDRS, 1);
    collector.awaitCount(REJECTED, 1);
    assertThat(collector.db.one("SELECT body FROM rejected_cdrs")).isEqualTo(LINE.substring(0, 40));
    assertThat(collector.db.one("SELECT violations FROM rejected_cdrs"))
        .contains("broke in the middle");
  }

  @Test
  void keepsHalfALineOfAConnectionThatBreaks() throws Exception {
    collector.listen("simple");
    try (Socket socket = collector.connect()) {
      write(socket, lines(0, 1) + LINE.substring(0, 61));
      collector.awaitCount(CDRS, 1);
      socket.setSoLinger(true, 0);
    }
    collector.awaitCount(REJECTED, 1);
    assertThat(collector.db.count(CDRS)).isEqualTo(1);
  }

  @Test
  void callsASwitchThatWaitsForItAndAgainWhenItIsCutOff() throws Exception {
    try (ServerSocket office = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      collector.start(
          Map.of("waybill.smdr.links", "127.0.0.1:" + office.getLocalPort() + "/1001/ipoffice"));
      try (Socket first = office.accept()) {
        write(first, segment(1, 0, "A") + segment(2, 0, "B"));
        collector.awaitCount(CDRS, 2);
      }
      try (Socket second = office.accept()) {
        write(second, segment(2, 0, "B") + segment(3, 0, "C"));
        collector.awaitCount(CDRS, 3);
      }
    }
  }

  // The database

  @Test
  void letsASenderWaitThatIsFasterThanTheDatabase() throws Exception {
    collector.listen("simple");
    int count = 10_000;
    ByteBuffer dump = ByteBuffer.wrap(lines(0, count).getBytes(US_ASCII));
    collector.relay.freeze();
    try (SocketChannel sender = SocketChannel.open()) {
      sender.setOption(StandardSocketOptions.SO_SNDBUF, 65_536);
      sender.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), collector.port));
      sender.configureBlocking(false);
      for (int stuck = 0; stuck < 100 && dump.hasRemaining(); ) {
        stuck = sender.write(dump) == 0 ? stuck + 1 : 0;
        Thread.sleep(10);
      }
      // What is neither sent nor read waits in the buffers of the two sockets.
      assertThat(dump.remaining()).isPositive();
      collector.relay.thaw();
      sender.configureBlocking(true);
      while (dump.hasRemaining()) {
        sender.write(dump);
      }
    }
    collector.awaitCount(CDRS, count);
    assertThat(collector.db.count(REJECTED)).isZero();
  }

  @Test
  void losesNothingWhenTheDatabaseIsRestartedWhileItIsSentTo() throws Exception {
    collector.listen("simple");
    try (Socket one = collector.connect();
        Socket other = collector.connect()) {
      write(one, lines(0, 500) + "bad\n");
      write(other, lines(500, 1_000));
      collector.relay.cut();
      Thread writer = new Thread(() -> writeAll(one, lines(1_000, 5_000)));
      writer.start();
      collector.awaitFigure("waybill_smdr_held_connections", "", 1, 2);
      write(other, lines(5_000, 5_100));
      collector.relay.mend();
      writer.join();
      collector.awaitCount(CDRS, 5_100);
      collector.awaitCount(REJECTED, 1);
      collector.awaitFigure("waybill_smdr_held_connections", "", 0);
    }
  }

  @Test
  void putsAsideWhatItHasReadWhenItStopsWhileTheDatabaseIsAway() throws Exception {
    collector.listen("simple");
    try (Socket socket = collector.connect()) {
      write(socket, lines(0, 1));
      collector.awaitCount(CDRS, 1);
      collector.relay.cut();
      write(socket, lines(1, 4));
      collector.awaitFigure("waybill_smdr_held_connections", "", 1);
      collector.stop();
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
    collector.listen("teleseer");
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
    collector.send(dump);
    collector.send(dump);
    collector.awaitRecords("duplicate", 2);
    assertThat(collector.db.one("SELECT GROUP_CONCAT(DATE(date) ORDER BY date) FROM avaya_cdr"))
        .isEqualTo(today.minusDays(2) + "," + today.minusDays(1));
    assertThat(collector.db.count(REJECTED)).isZero();
  }

  @Test
  void joinsACallWhoseSegmentsComeOverSeveralConnections() throws Exception {
    collector.listen("ipoffice");
    collector.send(segment(1, 1, "A") + segment(2, 1, "X"));
    collector.send(segment(1, 1, "A") + segment(1, 1, "B"));
    assertThat(collector.db.count(CDRS)).isZero();
    collector.send(segment(1, 0, "C") + segment(2, 0, "Y"));
    collector.awaitCount(CDRS, 2);
    collector.send(segment(1, 1, "A") + segment(1, 1, "B") + segment(1, 0, "C"));
    collector.awaitRecords("duplicate", 1);
    assertThat(collector.db.one("SELECT MAX(billsec) FROM normalized_cdrs")).isEqualTo("30");
    assertThat(collector.db.count(CDRS)).isEqualTo(2);
    assertThat(collector.db.count("SELECT COUNT(*) FROM smdr_segments WHERE settled")).isEqualTo(3);
  }

  @Test
  void showsACallWhoseLastSegmentNeverComes() throws Exception {
    collector.start(
        Map.of(
            "waybill.smdr.port", "" + collector.port,
            "waybill.smdr.layout", "ipoffice",
            "waybill.call.max.age", "PT1H"));
    collector.send(segment(1, 1, "A") + segment(1, 1, "B"));
    collector.awaitRecords("kept", 2);
    collector.db.execute("UPDATE smdr_segments SET received_at = received_at - INTERVAL 2 HOUR");
    new AbandonedCalls(collector.way(), Duration.ofHours(1)).close();
    assertThat(collector.db.one("SELECT body FROM rejected_cdrs"))
        .isEqualTo((segment(1, 1, "A") + segment(1, 1, "B")).strip());
    new AbandonedCalls(collector.way(), Duration.ofHours(1)).close();
    assertThat(collector.db.count("SELECT SUM(times) FROM rejected_cdrs")).isEqualTo(1);
    collector.db.execute("UPDATE smdr_segments SET received_at = received_at - INTERVAL 2 DAY");
    new AbandonedCalls(collector.way(), Duration.ofHours(1)).close();
    assertThat(collector.db.count("SELECT COUNT(*) FROM smdr_segments")).isZero();
  }
}
