package org.waybill.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.SampleCdr;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.WaybillServer;

/**
 * The disk of the embedded database is full. A disk of that size takes a mount, which takes root.
 */
@Tag("any-database")
class FullDiskIT {
  private static final String SIZE = "size=1500m";
  private static final int MOST = 2_000;
  private static final int SENT_AWAY = 8;
  private static final Path DISK = Path.of("target/it/full-disk/data").toAbsolutePath();
  private static final Path BALLAST = DISK.resolve("ballast");
  private static final String LONG_TEXT = "<note>" + "x".repeat(100_000) + "</note>";

  private final Set<UUID> acknowledged = new HashSet<>();
  private final WaybillServer server = serverWithoutDisk();

  @BeforeEach
  void mountAndStart() throws IOException {
    assumeTrue(TestDatabase.isEmbedded(), "The other database has its own disk.");
    Files.createDirectories(DISK);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", SIZE, "waybill-test", DISK.toString()) == 0,
        "Only root may mount a small disk.");
    server.start().database().execute(SampleCdr.ORGANIZATION);
  }

  @AfterEach
  void unmount() {
    server.close();
    run("umount", DISK.toString());
  }

  private static WaybillServer serverWithoutDisk() {
    run("umount", DISK.toString()); // left by a run that was killed
    return WaybillServer.named("full-disk");
  }

  @Test
  void answersLaterWhileTheDiskIsFullAndGoesOnByItselfOnceThereIsSpace() throws Exception {
    fill();
    List<String> sentAway = postUntilSentAway();
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    Files.delete(BALLAST);

    for (String document : sentAway) {
      assertThat(server.postCdr(document).statusCode()).isIn(200, 201);
    }
    assertThat(server.postCdr(document(UUID.randomUUID())).statusCode()).isIn(200, 201);
    for (UUID uuid : acknowledged) {
      assertThat(server.get("/api/cdrs/" + uuid).statusCode()).isEqualTo(200);
    }
  }

  /** What the database has set aside already is used up first. */
  private List<String> postUntilSentAway() {
    List<String> sentAway = new ArrayList<>();
    for (int i = 0; i < MOST && sentAway.size() < SENT_AWAY; i++) {
      UUID uuid = UUID.randomUUID();
      HttpResponse<String> answer = post(uuid);
      assertThat(answer.statusCode()).as(answer.body()).isIn(201, 503);
      if (answer.statusCode() == 503) {
        sentAway.add(document(uuid));
      }
    }
    assertThat(sentAway).hasSize(SENT_AWAY);
    return sentAway;
  }

  private HttpResponse<String> post(UUID uuid) {
    HttpResponse<String> answer = server.post("/api/cdrs", "application/xml", document(uuid));
    if (answer.statusCode() == 201) {
      acknowledged.add(uuid);
    }
    return answer;
  }

  private static String document(UUID uuid) {
    return SampleCdr.of(uuid, LONG_TEXT, "");
  }

  private static void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(BALLAST)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(Files.getFileStore(DISK).getUsableSpace()).as(e.toString()).isZero();
    }
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
