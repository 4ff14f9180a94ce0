package org.waybill.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Connection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real RabbitMQ of a test's own, as Debian installs it; its files are under target/test-broker.
 */
public final class RabbitMq implements TestBroker {
  private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
  private static final Path EPMD = Path.of("/usr/bin/epmd");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static int brokers;

  private final Path directory;
  private final int port = TestBroker.freePort();
  private final int epmdPort = TestBroker.freePort();
  private final int nodesPort = TestBroker.freePort();
  private @Nullable Process names;
  private @Nullable Process node;

  private RabbitMq(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** Empty, and ready. Where it is not installed the test is skipped on a desk, and fails in CI. */
  public static synchronized RabbitMq started() {
    boolean installed = Files.isExecutable(SERVER) && Files.isExecutable(EPMD);
    assumeTrue(
        installed || System.getenv("CI") != null,
        "RabbitMQ is not installed: apt-get install rabbitmq-server");
    String name = ProcessHandle.current().pid() + "-" + ++brokers;
    RabbitMq broker = new RabbitMq(Path.of("target/test-broker", name));
    Directories.delete(broker.directory);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::kill));
    broker.start();
    return broker;
  }

  @Override
  public URI url() {
    return URI.create("amqp://guest:guest@127.0.0.1:" + port);
  }

  /** With what it had when it ended. */
  public void start() {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("plugins"), "[].\n");
      names = run("epmd.log", EPMD.toString(), "-port", Integer.toString(epmdPort));
      node = run("server.log", SERVER.toString());
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process run(String log, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    File file = directory.resolve(log).toFile();
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(file)).directory(directory.toFile());
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("HOME", directory.toString()),
                Map.entry("ERL_EPMD_PORT", Integer.toString(epmdPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODENAME", "waybill" + port + "@localhost"),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(nodesPort)),
                Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                Map.entry("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq").toString()),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString()),
                Map.entry("RABBITMQ_PID_FILE", directory.resolve("pid").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString()),
                Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString())));
    return builder.start();
  }

  private void awaitReady() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try (Connection connection = connect()) {
        if (connection.isOpen()) {
          return;
        }
      } catch (IOException e) {
        pause();
      }
    }
    throw new IllegalStateException("RabbitMQ did not start; see " + directory);
  }

  /** SIGKILL: what it has not written is lost. */
  public void kill() {
    for (Process process : Stream.of(node, names).filter(one -> one != null).toList()) {
      List<ProcessHandle> all =
          Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(one -> one.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
    node = null;
    names = null;
  }

  @Override
  public void close() {
    kill();
    Directories.delete(directory);
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
