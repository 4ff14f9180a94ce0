package org.waybill.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The routes of {@code openapi.yaml}, which is written so plainly that its lines can be read. */
final class Described {
  private static final String ROLE = "      x-role: ";

  private Described() {}

  /** Each {@code verb path} with its role, {@code nobody} where it is open. */
  static Map<String, String> routes() {
    Map<String, String> routes = new TreeMap<>();
    String path = "";
    String route = "";
    for (String line : text().lines().toList()) {
      if (line.matches("  /\\S+:")) {
        path = line.strip().replaceAll(":$", "");
      } else if (line.matches("    (get|post|put|delete):")) {
        route = line.strip().replace(":", " ") + path;
        routes.put(route, "nobody");
      } else if (line.startsWith(ROLE)) {
        routes.put(route, line.substring(ROLE.length()));
      }
    }
    return routes;
  }

  private static String text() {
    try (InputStream file =
        Objects.requireNonNull(Described.class.getResourceAsStream("/openapi.yaml"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
