package org.waybill.collect.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.collect.SomeIntake;
import org.waybill.testing.Relay;
import org.waybill.testing.TestDatabase;

class SpoolRoundTest {
  private static final int MAX_BYTES = 100_000;

  @TempDir Path spool;
  private final TestDatabase db = TestDatabase.fresh();
  private final Relay relay = new Relay(db);
  private final SomeIntake some = new SomeIntake(db, relay.database(), Clock.systemUTC());

  @AfterEach
  void stop() throws InterruptedException {
    some.stop();
    relay.close();
  }

  @Test
  void collectsPlainAndEncodedFilesAndThoseBelow() throws IOException {
    String plain = xml(UUID.randomUUID(), "<rmOrgID>1001</rmOrgID>");
    String base64 = Base64.getEncoder().encodeToString(xml(UUID.randomUUID(), "").getBytes(UTF_8));
    old("a_" + UUID.randomUUID() + ".cdr.xml", plain);
    old(UUID.randomUUID() + ".cdr.xml", base64);
    old("2026-11-21-10-00-00/" + UUID.randomUUID() + ".cdr.xml", xml(UUID.randomUUID(), ""));
    old("notes.txt", "not a CDR");

    assertThat(round(1001).run()).isEqualTo(SpoolRound.Result.ALL);
    assertThat(names("done")).hasSize(2);
    assertThat(names("2026-11-21-10-00-00/done")).hasSize(1);
    assertThat(names("rejected")).isEmpty();
    assertThat(spool.resolve("notes.txt")).exists();
    assertThat(count("normalized_cdrs")).isEqualTo(3);
  }

  @Test
  void letsADocumentNameAnotherOrganization() throws IOException {
    some.add(1002, true);
    old("a.cdr.xml", xml(UUID.randomUUID(), "<rmOrgID>1002</rmOrgID>"));
    old("b.cdr.xml", xml(UUID.randomUUID(), ""));
    round(1001).run();
    assertThat(count("normalized_cdrs WHERE rmOrgID = 1002")).isEqualTo(1);
    assertThat(count("normalized_cdrs WHERE rmOrgID = 1001")).isEqualTo(1);
  }

  @Test
  void keepsWhatCannotBecomeACdrAndPutsItAside() throws IOException {
    old("a_" + UUID.randomUUID() + ".cdr.xml", "");
    old("b.cdr.xml", xml(UUID.randomUUID(), ""));
    old("c.cdr.xml", "x".repeat(MAX_BYTES + 1));
    round(null).run();
    assertThat(names("rejected")).hasSize(3);
    assertThat(count("rejected_cdrs")).isEqualTo(2);
  }

  @Test
  void takesAFileWhoseMoveWasLostForADuplicate() throws IOException {
    String name = "a_" + UUID.randomUUID() + ".cdr.xml";
    String xml = xml(UUID.randomUUID(), "");
    old(name, xml);
    round(1001).run();
    old(name, xml);
    round(1001).run();
    assertThat(names("done")).containsExactlyInAnyOrder(name, name + ".2");
    assertThat(count("normalized_cdrs")).isEqualTo(1);
  }

  @Test
  void leavesAFileThatIsBeingWritten() throws IOException {
    String xml = xml(UUID.randomUUID(), "");
    Path file = spool.resolve("a.cdr.xml");
    Files.writeString(file, xml.substring(0, 200));
    SpoolRound round = round(1001);
    round.run();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3_600)));
    round.run();
    assertThat(file).exists();
    assertThat(count("rejected_cdrs")).isZero();
    old("a.cdr.xml", xml);
    round.run();
    assertThat(names("done")).containsExactly("a.cdr.xml");
  }

  @Test
  void twoNodesShareADirectory() throws IOException, InterruptedException {
    for (int i = 0; i < 200; i++) {
      old("a_" + UUID.randomUUID() + ".cdr.xml", xml(UUID.randomUUID(), ""));
    }
    Thread other = new Thread(() -> run(round(1001)));
    other.start();
    run(round(1001));
    other.join();
    run(round(1001));
    assertThat(names("done")).hasSize(200);
    assertThat(names("rejected")).isEmpty();
    assertThat(count("normalized_cdrs")).isEqualTo(200);
  }

  @Test
  void movesNothingWhileTheDatabaseIsAway() throws IOException {
    old("a.cdr.xml", xml(UUID.randomUUID(), ""));
    round(1001).run();
    old("b.cdr.xml", xml(UUID.randomUUID(), ""));
    relay.close();
    assertThat(round(1001).run()).isEqualTo(SpoolRound.Result.AWAY);
    assertThat(spool.resolve("b.cdr.xml")).exists();
  }

  private SpoolRound round(@Nullable Integer organization) {
    Clock clock = Clock.systemUTC();
    return new SpoolRound(
        new SpoolDirectory(spool, clock),
        new SpoolRound.Way(some.intake, some.keeping, some.commits),
        new SpoolRound.Terms(clock, MAX_BYTES, organization, () -> false),
        new SpoolMetrics(new PrometheusRegistry(), clock));
  }

  private static void run(SpoolRound round) {
    try {
      round.run();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void old(String name, String text) throws IOException {
    Path file = spool.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(SpoolDirectory.OLD).minus(Duration.ofHours(1))));
  }

  private List<String> names(String directory) throws IOException {
    Path settled = spool.resolve(directory);
    if (!Files.exists(settled)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(settled)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private int count(String table) {
    return db.database()
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

  private static String xml(UUID uuid, String variables) {
    return """
    <?xml version="1.0"?>
    <cdr core-uuid="6b7f0f3a-0d1c-4a57-8a69-0a1b2c3d4e5f" switchname="pbx-1">
      <channel_data>
        <direction>inbound</direction>
      </channel_data>
      <variables>
        <uuid>%s</uuid>
        <start_epoch>%d</start_epoch>
        %s
      </variables>
    </cdr>
    """
        .formatted(uuid, Instant.now().getEpochSecond() - 60, variables);
  }
}
