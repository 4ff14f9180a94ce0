package org.waybill.collect.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.collect.archive.Packing;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** Parked files with a real server: watched, uploaded, and sent by the command. */
@Tag("any-database")
class FilesIT {
  private static final int FILES = 2_000;
  private static final int REJECTED = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path spool;
  @TempDir Path others;
  private WaybillServer server;
  private String key;

  @BeforeEach
  void start() {
    server =
        WaybillServer.named("files")
            .with("WAYBILL_SPOOL_DIR", spool.toString())
            .with("WAYBILL_SPOOL_ORG", "1001")
            .start();
    admin().post("/api/organizations", "{\"id\":1001,\"name\":\"Some\"}");
    key =
        admin()
            .post("/api/keys", "{\"name\":\"i\",\"roles\":[\"switch\"],\"organizations\":[1001]}")
            .json()
            .getString("key");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** At the address that the server has now; it has another one each time it starts. */
  private Client admin() {
    return Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
  }

  @Test
  void collectsEveryFileOnceThoughItDiesInTheMiddle() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(file(spool), i < REJECTED ? "<nonsense " + i : xml(i));
    }
    await(() -> settled("done") > 200);
    server.kill();
    assertThat(settled("done") + settled("rejected")).isLessThan(FILES);
    server.start();
    await(() -> settled("done") + settled("rejected") == FILES);

    assertThat(settled("rejected")).isEqualTo(REJECTED);
    assertThat(count("normalized_cdrs")).isEqualTo(FILES - REJECTED);
    assertThat(count("rejected_cdrs")).isEqualTo(REJECTED);
    await(() -> server.get("/metrics").body().contains("waybill_spool_waiting_files 0"));
    await(() -> admin().get("/api/switches").text().contains("\"name\":\"pbx-1\""));
  }

  @Test
  void takesUploadsAndWhatTheCommandSends() throws IOException, InterruptedException {
    for (int i = 0; i < 50; i++) {
      Files.writeString(file(others), i == 0 ? "<nonsense" : xml(i));
    }
    JsonObject first = upload(Packing.gzip(Packing.tar(others, "gnu")));
    assertThat(first.getInt("stored")).as("" + first).isEqualTo(49);
    assertThat(first.getInt("rejected")).isEqualTo(1);
    assertThat(first.getInt("repaired")).isEqualTo(25);
    String name = UUID.randomUUID() + ".cdr.xml";
    JsonObject zip = upload(Packing.zip(Map.of(name, xml(1).getBytes(UTF_8))));
    assertThat(zip.getInt("stored")).isEqualTo(1);

    Files.writeString(file(others), xml(1));
    List<String> arguments =
        List.of("import", others.toString(), "--url", "" + server.uri("/"), "--key", key, "--move");
    List<String> program = new ArrayList<>(WaybillServer.COMMAND);
    program.addAll(arguments);
    Process command = new ProcessBuilder(program).start();
    String report = new String(command.getInputStream().readAllBytes(), UTF_8);
    String errors = new String(command.getErrorStream().readAllBytes(), UTF_8);
    assertThat(command.waitFor()).as(report + errors).isZero();
    assertThat(report)
        .isEqualTo(
            """
            files      51
            new        1
            duplicate  49
            repaired   1
            rejected   1
            failed     0
            """);
    assertThat(in(others.resolve("done"))).isEqualTo(50);
    assertThat(in(others.resolve("rejected"))).isEqualTo(1);
  }

  private JsonObject upload(byte[] body) {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/api/collect/freeswitch/batch")
                .setHeader("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private static Path file(Path directory) {
    return directory.resolve("a_" + UUID.randomUUID() + ".cdr.xml");
  }

  /** One in two has a variable whose name is none in XML, as switches do write them. */
  private static String xml(int number) {
    return """
    <?xml version="1.0"?>
    <cdr core-uuid="6b7f0f3a-0d1c-4a57-8a69-0a1b2c3d4e5f" switchname="pbx-1">
      <channel_data>
        <direction>inbound</direction>
      </channel_data>
      <variables>
        <uuid>%s</uuid>
        <start_epoch>%d</start_epoch>
        <hangup_cause>NORMAL_CLEARING</hangup_cause>%s
      </variables>
    </cdr>
    """
        .formatted(
            UUID.randomUUID(),
            Instant.now().getEpochSecond() - 60,
            number % 2 == 0 ? "" : "<set api_hangup_hook>x</set api_hangup_hook>");
  }

  private long settled(String place) {
    return in(spool.resolve(place));
  }

  private static long in(Path directory) {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private int count(String table) {
    return server
        .database()
        .database()
        .read(
            "count",
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                row.next();
                return row.getInt(1);
              }
            });
  }

  private interface Question {
    boolean holds();
  }

  private static void await(Question question) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!question.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
