package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.testing.SampleCdr;
import org.waybill.testing.WaybillServer;

/** The server reports every call to the consumer of its settings, whatever happens to either. */
@Tag("any-database")
class ReportIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path directory;

  @Test
  void reportsEachCallOnceThroughAnOutageOfTheConsumerAndADeathOfItsOwn() {
    Consumer consumer = new Consumer();
    try (Sink sink = new Sink();
        WaybillServer server = server("reports", sink)) {
      sink.answer(consumer);
      server.start();
      server.database().execute(SampleCdr.ORGANIZATION);
      post(server, 0, 20);
      await(() -> consumer.calls().size() == 20);
      sink.answer(503);
      post(server, 20, 20);
      await(() -> server.database().count("SELECT COUNT(*) FROM tasks WHERE retry > 0") > 0);
      sink.answer(consumer);
      await(() -> consumer.calls().size() == 40);
      sink.answer(
          request -> {
            consumer.apply(request);
            return Sink.NONE;
          });
      post(server, 40, 20);
      await(() -> consumer.calls().size() > 40);
      server.killServerOnly();
      sink.answer(consumer);
      server.start();
      await(() -> consumer.calls().size() == 60);
      assertThat(consumer.calls())
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).boxed().toList());
      await(() -> server.database().count("SELECT COUNT(*) FROM tasks WHERE done = 'n'") == 0);
      assertThat(consumer.differing()).isEmpty();
      assertThat(server.get("/api/tasks?type=CDRReport&state=done&limit=1").body())
          .contains("\"type\":\"CDRReport\"");
    }
  }

  @Test
  void writesFilesHereAndOnAnotherHost() throws Exception {
    Path here = Files.createDirectory(directory.resolve("here"));
    Path there = Files.createDirectory(directory.resolve("there"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    KeyPair hostKey = generator.generateKeyPair();
    SshServer host = host(hostKey, there);
    try (Sink sink = new Sink();
        WaybillServer server = server("report-files", sink)) {
      server.start();
      server.database().execute(SampleCdr.ORGANIZATION);
      Files.writeString(
          server.data().resolve("known_hosts"),
          "[127.0.0.1]:" + host.getPort() + " " + PublicKeyEntry.toString(hostKey.getPublic()));
      consumer(server, here.toUri().toString());
      consumer(server, "sftp://cdr:secret@127.0.0.1:" + host.getPort() + "/");
      post(server, 0, 5);
      await(() -> server.database().count("SELECT COUNT(*) FROM tasks WHERE done = 'n'") == 0);
      for (Path some : List.of(here, there)) {
        try (Stream<Path> files = Files.list(some)) {
          assertThat(files.map(file -> file.getFileName().toString()))
              .isNotEmpty()
              .allMatch(name -> name.matches("cdr-report-\\d+-\\d{12}-\\d{8}T\\d{6}Z.csv.gz"));
        }
      }
      assertThat(server.get("/api/gateways").body()).contains("sftp://cdr:***@127.0.0.1");
    } finally {
      host.stop(true);
    }
  }

  private static WaybillServer server(String name, Sink sink) {
    return WaybillServer.named(name)
        .with("WAYBILL_REPORT_URL", sink.url().toString())
        .with("WAYBILL_REPORT_INTERVAL", "PT1S")
        .with("WAYBILL_RETRY_SCHEDULE", "PT1S,PT1S,PT1S,PT1S,PT1S,PT1S,PT1S,PT1S,PT1S,PT1S");
  }

  private static void consumer(WaybillServer server, String url) {
    String gateway = "{\"kind\":\"report\",\"url\":\"%s\"}".formatted(url);
    HttpResponse<String> added = server.post("/api/gateways", "application/json", gateway);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    String id = added.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    String rule =
        "{\"sources\":[\"cdr-normalized\"],\"task\":{\"type\":\"CDRReport\",\"fields\":{\"consumer\":\"%s\"}}}"
            .formatted(id);
    HttpResponse<String> ruled = server.post("/api/task-rules", "application/json", rule);
    assertThat(ruled.statusCode()).as(ruled.body()).isEqualTo(201);
  }

  private static SshServer host(KeyPair key, Path home) throws IOException {
    SshServer host = SshServer.setUpDefaultServer();
    host.setHost("127.0.0.1");
    host.setKeyPairProvider(KeyPairProvider.wrap(key));
    host.setFileSystemFactory(new VirtualFileSystemFactory(home));
    host.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    host.setPasswordAuthenticator((user, word, session) -> word.equals("secret"));
    host.start();
    return host;
  }

  private static void post(WaybillServer server, int from, int calls) {
    for (int call = from; call < from + calls; call++) {
      String cdr =
          SampleCdr.of(
              UUID.randomUUID(), "<call_id>" + call + "</call_id><duration>7</duration>", "");
      assertThat(server.postCdr(cdr).statusCode()).isIn(200, 201);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
