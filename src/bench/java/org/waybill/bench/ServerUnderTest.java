package org.waybill.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code java -jar target/waybill.jar}, as a user starts it, on data of its own. */
final class ServerUnderTest implements AutoCloseable {
  private static final String READY = "Waybill ready: ";

  private final Process process;
  private final URI url;
  private final Path data;

  private ServerUnderTest(Process process, URI url, Path data) {
    this.process = process;
    this.url = url;
    this.data = data;
  }

  static ServerUnderTest start(Path jar, Path data, Map<String, String> settings)
      throws IOException {
    Files.createDirectories(data);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString());
    builder.environment().putAll(settings);
    builder.environment().put("WAYBILL_DATA_DIR", data.toString());
    builder.environment().put("WAYBILL_HTTP_PORT", "0");
    builder.redirectError(new File(data.toFile(), "server.log"));
    Process process = builder.start();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return new ServerUnderTest(process, URI.create(line.substring(READY.length())), data);
      }
    }
    throw new IOException("The server ended before it was ready; see " + data + "/server.log");
  }

  URI url() {
    return url;
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  String secret(String file) throws IOException {
    return Files.readString(data.resolve(file)).strip();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
