package org.waybill.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a server that answers as a test says. */
class ImportCommandTest {
  private static final Answer STORED = new Answer(200, "{\"id\":1}");
  private static final Answer KEPT = new Answer(202, "{\"rejectedId\":1}");

  @TempDir Path directory;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HttpServer server;

  /** What is answered to one request; nothing at all when the status is 0. */
  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Answer next = answers.size() > 1 ? answers.remove() : answers.element();
    if (next.status() > 0) {
      byte[] body = next.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(next.status(), body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Test
  void sendsAFileAgainUntilTheServerIsBackAndMovesItThen() throws IOException {
    file("a_1.cdr.xml", "<cdr/>");
    answers.addAll(List.of(new Answer(503, ""), new Answer(0, ""), STORED));
    assertThat(run("--move")).isZero();

    assertThat(bodies).hasSizeGreaterThanOrEqualTo(3).containsOnly("<cdr/>");
    assertThat(directory.resolve("a_1.cdr.xml")).doesNotExist();
    assertThat(directory.resolve("done/a_1.cdr.xml")).hasContent("<cdr/>");
    assertThat(report()).contains("new        1", "failed     0");
  }

  @Test
  void leavesAFileWhereItIsWhenTheServerStaysAway() throws IOException {
    file("a_1.cdr.xml", "<cdr/>");
    answers.add(new Answer(503, ""));
    assertThat(run("--move", "--retries", "1")).isEqualTo(1);

    assertThat(bodies).hasSize(2);
    assertThat(directory.resolve("a_1.cdr.xml")).exists();
    assertThat(report()).contains("failed     1");
    assertThat(err.toString(UTF_8)).contains("503", "run import again when it is back");
  }

  @Test
  void movesWhatIsKeptAsRejectedApartAndNeverOverAnother() throws IOException {
    Files.createDirectories(directory.resolve("rejected"));
    Files.writeString(directory.resolve("rejected/b.xml"), "of yesterday");
    file("b.xml", "nonsense");
    answers.add(KEPT);
    assertThat(run("--move")).isZero();

    assertThat(bodies).containsExactly("nonsense");
    assertThat(directory.resolve("rejected/b.xml")).hasContent("of yesterday");
    assertThat(directory.resolve("rejected/b.xml.2")).hasContent("nonsense");
    assertThat(report()).contains("rejected   1");
  }

  @Test
  void leavesAllWhereTheyAreWithoutTheOptionAndAfterARefusalOfItsKey() throws IOException {
    file("a.xml", "<cdr/>");
    file("b.xml", "<cdr/>");
    answers.add(STORED);
    assertThat(run()).isZero();
    answers.clear();
    answers.add(new Answer(401, ""));
    assertThat(run("--move", "--connections", "1")).isEqualTo(1);

    assertThat(bodies).as("the second one is not even tried").hasSize(3);
    assertThat(directory.resolve("a.xml")).exists();
    assertThat(directory.resolve("b.xml")).exists();
    assertThat(report()).contains("failed     2");
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of(directory.toString(), "--key", "wb_x"));
    arguments.add("--url=http://127.0.0.1:" + server.getAddress().getPort());
    arguments.addAll(List.of(more));
    return ImportCommand.run(
        arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private String report() {
    return out.toString(UTF_8);
  }
}
