package org.waybill.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.waybill.testing.WaybillServer;

/** A start that ends by itself: what it said and with which status. */
record ProcessResult(int status, String errors) {
  /** Names and values of settings in turn. */
  static ProcessResult of(Path data, String... settings) {
    ProcessBuilder builder = new ProcessBuilder(WaybillServer.COMMAND);
    builder.environment().keySet().removeIf(name -> name.startsWith("WAYBILL_"));
    builder.environment().put("WAYBILL_DATA_DIR", data.toString());
    for (int i = 0; i < settings.length; i += 2) {
      builder.environment().put(settings[i], settings[i + 1]);
    }
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ProcessResult(process.waitFor(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
