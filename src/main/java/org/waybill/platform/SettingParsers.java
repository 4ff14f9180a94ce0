package org.waybill.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;

/** The kinds of text that settings are written in. A wrong one is answered with what to write. */
final class SettingParsers {
  private SettingParsers() {}

  static Setting.Parser<Integer> wholeNumber(int least, int most) {
    String expected = "set a whole number from " + least + " to " + most;
    return text -> {
      try {
        int value = Integer.parseInt(text);
        return require(value >= least && value <= most, value, expected);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(expected, e);
      }
    };
  }

  static Duration duration(String text) {
    String expected = "set an ISO-8601 duration longer than zero, such as PT5S";
    Duration value = parsedDuration(text, expected);
    return require(value.compareTo(Duration.ZERO) > 0, value, expected);
  }

  static List<Duration> durations(String text) {
    String expected = "set ISO-8601 durations separated by commas, such as PT5S,PT15S";
    List<Duration> values =
        elements(text).stream().map(element -> parsedDuration(element, expected)).toList();
    return require(
        !values.isEmpty() && values.stream().noneMatch(Duration::isNegative), values, expected);
  }

  static Setting.Parser<URI> url(String... schemes) {
    String expected = "set a URL that begins with " + String.join(":// or ", schemes) + "://";
    return text -> {
      try {
        URI value = new URI(text);
        boolean known = Arrays.asList(schemes).contains(value.getScheme());
        return require(known && value.getHost() != null, value, expected);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(expected, e);
      }
    };
  }

  static List<URI> gateways(String text) {
    Setting.Parser<URI> url = url("http", "https");
    return elements(text).stream().map(url::parse).toList();
  }

  /** Of CDR reports: an address, or a directory. */
  static URI consumer(String text) {
    if (text.startsWith("file:///") && text.length() > "file:///".length()) {
      return URI.create(text.replace(" ", "%20"));
    }
    try {
      return url("http", "https", "sftp").parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", or file:///directory", e);
    }
  }

  static String databaseUrl(String text) {
    return require(
        text.startsWith("jdbc:mysql://") && text.length() > "jdbc:mysql://".length(),
        text,
        "set jdbc:mysql://host:port/database, for MariaDB too");
  }

  /** One that is there: what is to be taken from it should not wait for a mistyped name. */
  static Path directory(String text) {
    String expected = "set a directory that is there and that Waybill may read and write";
    try {
      Path path = Path.of(text);
      return require(
          Files.isDirectory(path) && Files.isReadable(path) && Files.isWritable(path),
          path,
          expected);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  /** One that is there and can be read. */
  static Path file(String text) {
    String expected = "set a file that is there and that Waybill may read";
    try {
      Path path = Path.of(text);
      return require(Files.isRegularFile(path) && Files.isReadable(path), path, expected);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  private static Duration parsedDuration(String text, String expected) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  static List<String> elements(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static <T> T require(boolean holds, T value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(expected);
    }
    return value;
  }
}
