package org.waybill.console;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Problem;
import org.waybill.platform.ProblemException;

/**
 * The query parameters of a request. As with {@link JsonBody}, {@link #done} throws for all that
 * was wrong at once, misspelt names included. A parameter without a value is as one not given.
 */
public final class Parameters {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  private final Map<String, List<String>> given;
  private final Set<String> unread;
  private final List<Problem.Violation> violations = new ArrayList<>();

  public Parameters(UriInfo uri) {
    this(uri.getQueryParameters());
  }

  private Parameters(Map<String, List<String>> given) {
    this.given = given;
    this.unread = new TreeSet<>(given.keySet());
  }

  /** The same names in a body: what a query asks for can be acted upon. */
  public static Parameters of(JsonObject filter) {
    Map<String, List<String>> given = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    filter.forEach(
        (name, value) -> {
          if (value instanceof JsonString string) {
            given.put(name, List.of(string.getString()));
          } else if (value instanceof JsonNumber) {
            given.put(name, List.of(value.toString()));
          } else if (value != JsonValue.NULL) {
            given.put(name, List.of(""));
            wrong.add(name);
          }
        });
    Parameters parameters = new Parameters(given);
    wrong.forEach(name -> parameters.wrong(name, "It must be a text or a number."));
    return parameters;
  }

  public @Nullable String text(String name) {
    return read(name, "", text -> text);
  }

  public @Nullable Integer number(String name, int least) {
    return read(
        name,
        "It must be a whole number, " + least + " or more.",
        text -> {
          int number = Integer.parseInt(text);
          if (number < least) {
            throw new IllegalArgumentException();
          }
          return number;
        });
  }

  public int limit() {
    return limit(DEFAULT_LIMIT, MAX_LIMIT);
  }

  public int limit(int otherwise, int most) {
    Integer limit =
        read(
            "limit",
            "It must be a whole number, 1 to " + most + ".",
            text -> {
              int number = Integer.parseInt(text);
              if (number < 1 || number > most) {
                throw new IllegalArgumentException();
              }
              return number;
            });
    return limit == null ? otherwise : limit;
  }

  /** ISO-8601 with Z or an offset; a '+' that the sender forgot to encode came as a space. */
  public @Nullable Instant instant(String name) {
    return read(
        name,
        "It must be an ISO-8601 instant, such as 2024-01-15T10:30:00Z.",
        Parameters::readInstant);
  }

  /**
   * @throws DateTimeException for what is none
   */
  static Instant readInstant(String text) {
    return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
  }

  /** A UTC day: a date, or the instant at which it begins. */
  @Nullable LocalDate day(String name) {
    return read(
        name,
        "It must be a day in UTC, such as 2024-01-15, or the instant at which it begins.",
        text -> {
          if (text.indexOf('T') < 0) {
            return LocalDate.parse(text);
          }
          OffsetDateTime begins =
              OffsetDateTime.parse(text.replace(' ', '+')).withOffsetSameInstant(ZoneOffset.UTC);
          if (!begins.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException(text);
          }
          return begins.toLocalDate();
        });
  }

  /** True or false; null where it is not given. */
  public @Nullable Boolean flag(String name) {
    return word(name, Set.of("true", "false"), Parameters::strictBoolean);
  }

  private static Boolean strictBoolean(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return Boolean.valueOf(text);
  }

  public @Nullable UUID uuid(String name) {
    return read(name, "It must be a UUID.", Parameters::strictUuid);
  }

  /** One of some words; a word that is none makes the reader throw IllegalArgumentException. */
  public <T> @Nullable T word(String name, Set<String> words, Function<String, T> reader) {
    return read(name, "It must be one of " + String.join(", ", new TreeSet<>(words)) + ".", reader);
  }

  public <T> @Nullable T cursor(Function<String, T> reader) {
    return read("cursor", "It must be the next of a page before, unchanged.", reader);
  }

  /** All parameters were read: what was wrong with them. */
  public List<Problem.Violation> violations() {
    unread.forEach(name -> wrong(name, "There is no such parameter."));
    unread.clear();
    return violations;
  }

  /** All parameters were read: throws 400 with every violation, if there is one. */
  public void done() {
    if (!violations().isEmpty()) {
      throw new ProblemException(
          Problem.of(400, "The query has wrong parameters: see violations.", violations));
    }
  }

  /** {@code UUID.fromString} takes shorter ones, too. */
  static UUID strictUuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException(text);
    }
    return uuid;
  }

  private <T> @Nullable T read(String name, String rule, Function<String, T> reader) {
    unread.remove(name);
    List<String> values = given.getOrDefault(name, List.of());
    if (values.size() > 1) {
      wrong(name, "It must come once.");
      return null;
    }
    String text = values.isEmpty() ? "" : values.get(0);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      wrong(name, rule);
      return null;
    }
  }

  void wrong(String name, String message) {
    violations.add(new Problem.Violation(name, message));
  }
}
