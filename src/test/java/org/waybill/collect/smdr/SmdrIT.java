package org.waybill.collect.smdr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Client;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.WaybillServer;

/** Avaya call records with a real server. */
@Tag("any-database")
class SmdrIT {
  private static final String LINE =
      "170925 1547 00252                    2434 0                2432";
  private static final Pattern PORT =
      Pattern.compile("organization 1001 in the layout simple are taken on port ([0-9]+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final int teleseer = freePort();
  private final WaybillServer server =
      WaybillServer.named("smdr")
          .with("WAYBILL_SMDR_PORT", "0")
          .with("WAYBILL_SMDR_ORG", "1001")
          .with("WAYBILL_SMDR_LINKS", teleseer + "/1002/teleseer");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bringsRecordsFromTheSocketToThoseWhoAskForThem() throws Exception {
    server.start();
    Client admin = organizations();
    try (Socket socket = connect(port())) {
      for (byte next : (LINE + "\r\n").getBytes(US_ASCII)) {
        socket.getOutputStream().write(next);
        socket.getOutputStream().flush();
      }
    }
    send(port(), "no such line\r\n" + LINE + "\r\n\0\0\0");
    await("SELECT COUNT(*) FROM rejected_cdrs", 1);

    JsonArray found = admin.get("/api/cdrs?callingNumber=2432").json().getJsonArray("items");
    assertThat(found).hasSize(1);
    String uuid = found.getJsonObject(0).getString("uuid");
    JsonObject cdr = admin.get("/api/cdrs/" + uuid).json();
    assertThat(cdr.getString("source")).isEqualTo("smdr");
    assertThat(cdr.getJsonObject("variables").getString("call_code")).isEqualTo("0");
    assertThat(admin.get("/api/cdrs/" + uuid + "/raw").text()).isEqualTo(LINE);
    assertThat(
            server
                .database()
                .one(
                    "SELECT CONCAT_WS(',', date, duration, calling_number, called_number,"
                        + " call_code) FROM avaya_cdr"))
        .isEqualTo("2025-09-17 15:44:08,172,2432,2434,0");

    JsonObject rejected =
        admin.get("/api/rejected-cdrs").json().getJsonArray("items").getJsonObject(0);
    assertThat(rejected.getString("reason")).isEqualTo("NOT_WELL_FORMED");
    assertThat(admin.get("/api/rejected-cdrs/" + rejected.getInt("id") + "/body").text())
        .isEqualTo("no such line");
    assertThat(admin.get("/metrics").text())
        .contains("waybill_smdr_records_total{link=\"smdr:0\",outcome=\"stored\"} 1.0");

    takesThemOverHttp(admin);
    listensInAnotherLayout();
    readsThemAgain(admin);
    assertThat(server.stop()).isZero();
  }

  private void takesThemOverHttp(Client admin) {
    String key =
        admin
            .post("/api/keys", "{\"name\":\"k\",\"roles\":[\"switch\"],\"organizations\":[1001]}")
            .json()
            .getString("key");
    Client pbx = Client.nobody(server.uri("/")).key(key);
    assertThat(pbx.send("POST", "/api/collect/smdr", "text/plain", LINE).status()).isEqualTo(200);
    assertThat(cdrs()).isEqualTo(1);
    String record = "   15470029A  9 77 00442071838750 2433";
    String type =
        "text/x-smdr; layout=teleseer; date=" + LocalDate.now(ZoneOffset.UTC).minusDays(1);
    assertThat(pbx.send("POST", "/api/collect/smdr", type, record).status()).isEqualTo(200);
    assertThat(pbx.send("POST", "/api/collect/smdr", "text/plain", record).status()).isEqualTo(202);
    JsonObject counts =
        pbx.send("POST", "/api/collect/smdr/batch", "text/plain", lines(0, 10) + LINE + "\nbad\n")
            .json();
    assertThat(counts.getInt("stored")).as("" + counts).isEqualTo(10);
    assertThat(counts.getInt("duplicates")).isEqualTo(1);
    assertThat(counts.getInt("rejected")).isEqualTo(1);
    assertThat(cdrs()).isEqualTo(12);
  }

  private void listensInAnotherLayout() throws Exception {
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    send(
        teleseer,
        DateTimeFormatter.ofPattern("MMdd").format(yesterday)
            + "\r\n\0\0\0   23580029A  9 77 00442071838750 7777\r\n\0\0\0");
    await("SELECT COUNT(*) FROM normalized_cdrs WHERE rmOrgID = 1002", 1);
    // Two minutes to midnight in Paris, and three minutes and some seconds before that.
    assertThat(server.database().one("SELECT date FROM avaya_cdr WHERE calling_number = '7777'"))
        .startsWith(yesterday.toString());
  }

  /** Nothing changes: what a line does not say is kept with it. */
  private static void readsThemAgain(Client admin) throws Exception {
    Client.Answer started = admin.post("/api/cdrs/renormalize", "{\"filter\":{},\"dryRun\":true}");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonObject now = admin.get(started.header("Location")).json();
    while (!now.getString("state").equals("done")) {
      assertThat(System.nanoTime()).as(now.toString()).isLessThan(end);
      Thread.sleep(50);
      now = admin.get(started.header("Location")).json();
    }
    assertThat(now.getInt("unchanged")).as(now.toString()).isEqualTo(13);
  }

  @Test
  void losesNothingAndDoublesNothingWhenItIsKilledAndTheSwitchSendsAgain() throws Exception {
    server.start();
    organizations();
    try (Socket socket = connect(port())) {
      socket.getOutputStream().write(lines(0, 2_000).getBytes(US_ASCII));
      while (cdrs() < 100) {
        Thread.sleep(5);
      }
      server.kill();
    }
    server.start();
    send(port(), lines(0, 3_000));
    await("SELECT COUNT(*) FROM normalized_cdrs", 3_000);
    assertThat(server.database().count("SELECT COUNT(*) FROM tasks")).isEqualTo(3_000);
    assertThat(server.database().count("SELECT COUNT(*) FROM rejected_cdrs")).isZero();
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      server.with("WAYBILL_SMDR_LINKS", other.getLocalPort() + "/1002/teleseer");
      assertThatThrownBy(server::start)
          .hasMessageContaining("WB-START-04")
          .hasMessageContaining("Port " + other.getLocalPort() + " is not available");
    }
  }

  private Client organizations() {
    Client admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    admin.post("/api/organizations", "{\"id\":1001,\"name\":\"Some\"}");
    admin.post(
        "/api/organizations", "{\"id\":1002,\"name\":\"Paris\",\"timeZone\":\"Europe/Paris\"}");
    return admin;
  }

  /** 0 was asked for: the log names the one that was free, the last one after a restart. */
  private int port() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int port = 0;
    while (port == 0) {
      assertThat(System.nanoTime()).as(server.errors()).isLessThan(end);
      Matcher line = PORT.matcher(server.errors());
      while (line.find()) {
        port = Integer.parseInt(line.group(1));
      }
      Thread.sleep(20);
    }
    return port;
  }

  private static void send(int port, String text) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> LINE.replace("2432", "" + (10_000 + i)) + "\n")
        .collect(Collectors.joining());
  }

  private int cdrs() {
    return server.database().count("SELECT COUNT(*) FROM normalized_cdrs");
  }

  private void await(String sql, int wanted) throws InterruptedException {
    TestDatabase database = server.database();
    assertThat(database.awaitCount(sql, wanted, PATIENCE)).isEqualTo(wanted);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
