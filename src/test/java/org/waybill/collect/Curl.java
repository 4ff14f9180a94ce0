package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** The command line that mod_xml_cdr's own way of sending comes down to. */
final class Curl {
  private Curl() {}

  /** What came back. */
  record Reply(int status, String body) {
    JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        return reader.readObject();
      }
    }
  }

  /** POSTs a file as FreeSWITCH does. */
  static Reply post(String file, String address, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of("curl", "-s", "-A", "freeswitch-xml/1.0", "--max-time", "20", "-w"));
    command.addAll(List.of("\n%{http_code}", "--data-binary", "@" + file));
    command.addAll(List.of(options));
    command.add(address);
    String output = run(command);
    int end = output.lastIndexOf('\n');
    return new Reply(Integer.parseInt(output.substring(end + 1)), output.substring(0, end));
  }

  static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
