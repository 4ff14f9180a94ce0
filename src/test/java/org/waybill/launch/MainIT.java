package org.waybill.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.waybill.testing.GatewaySink;
import org.waybill.testing.SampleCdr;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.WaybillServer;

/** The jar from outside: one server for all tests that need one running, stopped by the last. */
@Tag("any-database")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainIT {
  private static final GatewaySink STORAGE = new GatewaySink();
  private static final GatewaySink ANALYTICS = new GatewaySink();
  private static final WaybillServer SERVER = WaybillServer.named("main");

  @BeforeAll
  static void start() {
    SERVER
        .with("WAYBILL_STORAGE_GATEWAYS", STORAGE.url().toString())
        .with("WAYBILL_ANALYTICS_GATEWAYS", ANALYTICS.url().toString())
        .inGroupOfItsOwn()
        .start();
  }

  @AfterAll
  static void end() {
    SERVER.close();
    STORAGE.close();
    ANALYTICS.close();
  }

  @Test
  @Order(0)
  void takesTheFirstDocumentWhenItSaysThatItIsReady() {
    SERVER.database().execute(SampleCdr.ORGANIZATION);
    String document = SampleCdr.of(UUID.randomUUID(), "", "");
    HttpResponse<String> answer = SERVER.post("/api/cdrs", "application/xml", document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @Test
  @Order(1)
  void isReadyWhenItSaysSo() {
    assertThat(SERVER.output()).matches("Waybill ready: http://localhost:\\d+\n");
    assertThat(SERVER.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(SERVER.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(2)
  void theExampleIsStoredAndArrivesAtTwoGatewaysUnderItsKeys() throws Exception {
    String example =
        Files.readString(Path.of("docs/example-cdr.xml"))
            .replace(
                "</task>\n    <task type=\"SendEmail\"",
                "  <rmAnalyticsItems>1</rmAnalyticsItems>\n</task>\n    <task type=\"SendEmail\"");
    HttpResponse<String> answer = SERVER.postCdr(example);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    assertThat(STORAGE.await(1, 120)).isTrue();
    assertThat(ANALYTICS.await(1, 120)).isTrue();
    assertThat(STORAGE.received().get(0).key()).matches("\\d+-storage-0");
    assertThat(ANALYTICS.received().get(0).key()).matches("\\d+-analytics-0");
    assertThat(STORAGE.received().get(0).attempt()).isEqualTo("1");
    assertThat(STORAGE.received().get(0).body())
        .contains("a1b2c3d4-e5f6-7890-abcd-ef1234567890", "rmDispStoreItems");
  }

  @Test
  @Order(3)
  void aSecondServerOnTheSameDirectoryIsToldSo() {
    ProcessResult second = ProcessResult.of(SERVER.data(), "WAYBILL_HTTP_PORT", "0");
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.errors())
        .startsWith("WB-START-03 Another Waybill runs on the data directory")
        .hasLineCount(1);
  }

  @Test
  @Order(4)
  void aBusyPortIsNamedWithTheSettingToChange() throws IOException {
    try (ServerSocket busy = new ServerSocket(0)) {
      String port = Integer.toString(busy.getLocalPort());
      ProcessResult start = ProcessResult.of(fresh("busy"), "WAYBILL_HTTP_PORT", port);
      assertThat(start.status()).isEqualTo(1);
      assertThat(start.errors())
          .startsWith("WB-START-04 Port " + port)
          .contains("WAYBILL_HTTP_PORT")
          .hasLineCount(1);
    }
  }

  @Test
  @Order(5)
  void allProblemsOfTheSettingsAreSaidAtOnce() {
    ProcessResult start =
        ProcessResult.of(
            fresh("wrong"),
            "WAYBILL_HTTP_PORT",
            "x",
            "WAYBILL_HTTP_PROT",
            "1",
            "WAYBILL_RETENTION_DAYS",
            "0");
    assertThat(start.status()).isEqualTo(1);
    assertThat(start.errors().lines()).hasSize(3);
    assertThat(fresh("wrong")).doesNotExist();
  }

  @Test
  @Order(6)
  void anUnreachableDatabaseIsNamed() {
    ProcessResult start =
        ProcessResult.of(
            fresh("unreachable"),
            "WAYBILL_HTTP_PORT",
            "0",
            "WAYBILL_DB_URL",
            "jdbc:mysql://127.0.0.1:1/waybill",
            "WAYBILL_DB_USER",
            "me");
    assertThat(start.status()).isEqualTo(1);
    assertThat(start.errors())
        .startsWith("WB-START-07 The database jdbc:mysql://127.0.0.1:1/waybill cannot be reached")
        .hasLineCount(1);
  }

  @Test
  @Order(7)
  void theDatabasePasswordIsForTheOwnerOnly() throws IOException {
    assumeTrue(TestDatabase.isEmbedded());
    Path file = SERVER.data().resolve("database-password");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(SERVER.errors()).doesNotContain(Files.readString(file).strip());
  }

  @Test
  @Order(8)
  void aDatabaseThatDiesIsStartedAgain() throws InterruptedException {
    assumeTrue(TestDatabase.isEmbedded());
    ProcessHandle first = SERVER.databaseProcess().orElseThrow();
    first.destroyForcibly();
    first.onExit().join();
    long end = System.nanoTime() + 180_000_000_000L;
    while (SERVER.get("/health/ready").statusCode() != 200 && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(SERVER.get("/health/ready").statusCode()).isEqualTo(200);
  }

  /** As by Ctrl-C: the database must not be asked, too. */
  @Test
  @Order(9)
  void finishesWhatIsInFlightWhenItsWholeGroupIsAskedToStop() throws Exception {
    List<ProcessHandle> database = SERVER.databaseProcess().stream().toList();
    String cdr =
        Files.readString(Path.of("docs/example-cdr.xml")).replace("a1b2c3d4-e5f6", "a1b2c3d4-0000");
    SlowRequest request = SlowRequest.begin(SERVER, cdr);
    CompletableFuture<Integer> status = CompletableFuture.supplyAsync(SERVER::stopGroup);
    SERVER.awaitRefusal();
    assertThat(request.finish()).startsWith("HTTP/1.1 201 ");
    assertThat(status.get()).isZero();
    assertThat(database).noneMatch(ProcessHandle::isAlive);
  }

  /** As by systemd, which asks every process of a service. */
  @Test
  @Order(10)
  void stopsSoonWhenItsDatabaseIsAskedToStopAtTheSameTime() {
    assumeTrue(TestDatabase.isEmbedded());
    SERVER.start();
    Instant before = Instant.now();
    SERVER.databaseProcess().ifPresent(ProcessHandle::destroy);
    assertThat(SERVER.stop()).isZero();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  private static Path fresh(String name) {
    return Path.of("target/it/main", name);
  }
}
