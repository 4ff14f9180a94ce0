package org.waybill.launch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Connector/J URL with the properties that Waybill counts on; what the operator wrote wins. */
record DatabaseUrl(String base, String hosts, String schema, Map<String, String> properties) {
  private static final Pattern SHAPE =
      Pattern.compile("(?<base>jdbc:mysql://(?<hosts>[^/?]+)/(?<schema>[^?]+))(\\?(?<query>.*))?");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d+){3}|\\[::1])(:\\d+)?");

  /**
   * Why each: many rows in one statement; all times UTC; no statement parsed twice, which the
   * driver else does for those above 256 characters; no round trip to learn what we set.
   */
  private static final Map<String, String> WANTED =
      Map.of(
          "rewriteBatchedStatements", "true",
          "connectionTimeZone", "UTC",
          "forceConnectionTimeZoneToSession", "true",
          "cachePrepStmts", "true",
          "prepStmtCacheSize", "500",
          "prepStmtCacheSqlLimit", "16384",
          "useLocalSessionState", "true",
          "characterEncoding", "UTF-8",
          "connectTimeout", "5000");

  static DatabaseUrl parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new StartException(
          "WB-START-06", "WAYBILL_DB_URL names no database; set jdbc:mysql://host:port/database.");
    }
    Map<String, String> properties = new LinkedHashMap<>();
    String query = parts.group("query");
    if (query != null && !query.isEmpty()) {
      Arrays.stream(query.split("&", -1))
          .map(pair -> pair.split("=", 2))
          .forEach(pair -> properties.put(pair[0], pair.length > 1 ? pair[1] : ""));
    }
    return new DatabaseUrl(
        parts.group("base"), parts.group("hosts"), parts.group("schema"), properties);
  }

  String complete() {
    Map<String, String> all = new LinkedHashMap<>(properties);
    WANTED.forEach((name, value) -> putAbsent(all, name, value));
    if (isLoopback()) {
      putAbsent(all, "sslMode", "DISABLED");
      putAbsent(all, "allowPublicKeyRetrieval", "true");
    }
    StringJoiner query = new StringJoiner("&", base + "?", "");
    all.forEach((name, value) -> query.add(name + "=" + value));
    return query.toString();
  }

  private boolean isLoopback() {
    return Arrays.stream(hosts.split(",", -1)).allMatch(host -> LOOPBACK.matcher(host).matches());
  }

  private static void putAbsent(Map<String, String> all, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (all.keySet().stream().noneMatch(key -> key.toLowerCase(Locale.ROOT).equals(lower))) {
      all.put(name, value);
    }
  }
}
