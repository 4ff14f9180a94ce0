package org.waybill.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportArgumentsTest {
  @TempDir Path directory;

  @Test
  void takesADirectoryAServerAndAKey() {
    ImportArguments parsed =
        ImportArguments.parse(
            List.of("--url=http://h:1/", directory.toString(), "--key", "wb_x", "--move"));
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.plan())
        .isEqualTo(
            new ImportPlan(directory, URI.create("http://h:1"), "wb_x", "freeswitch", 8, 10, true));
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    ImportArguments parsed =
        ImportArguments.parse(
            List.of("/no/such", "--urk", "--url", "ftp://h", "--connections", "many", "--retries"));
    assertThat(parsed.problems())
        .containsExactly(
            "--urk is not an option of import; remove it.",
            "--retries needs a value behind it.",
            "/no/such is not a directory that can be read; name one.",
            "--url must be the server's address, such as http://localhost:8080.",
            "--key must be an API key with the role switch, such as wb_….",
            "--connections must be a whole number from 1 to 64.");
  }

  @Test
  void helpsAndNamesTheExitStatus() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    assertThat(ImportCommand.run(List.of("--help"), stream, stream)).isZero();
    assertThat(out.toString(UTF_8)).contains("--move").contains("exit status");
    assertThat(ImportCommand.run(List.of(), stream, stream)).isEqualTo(2);
  }

  @Test
  void drawsABar() {
    assertThat(ProgressBar.bar(1_000, 2_000))
        .isEqualTo("[####################                    ]  50 %  1000 of 2000");
    assertThat(ProgressBar.bar(0, 0)).endsWith("100 %  0 of 0");
  }
}
