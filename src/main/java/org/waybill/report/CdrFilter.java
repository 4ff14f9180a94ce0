package org.waybill.report;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Where;

/**
 * Which CDRs are asked for; null means any. Those that began from (included) to (not). An empty
 * number, direction, cause or operator means those that have none.
 *
 * @param uuid of the only one
 * @param source the dialect that they came in
 * @param callingNumber the number, or how it begins with a trailing {@code *}
 * @param calledNumber likewise
 * @param operator who took or made the call, by name or else by id
 */
public record CdrFilter(
    @Nullable Integer rmOrgId,
    @Nullable String source,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String callingNumber,
    @Nullable String calledNumber,
    @Nullable String direction,
    @Nullable String hangupCause,
    @Nullable Integer minBillsec,
    @Nullable Integer maxBillsec,
    @Nullable String operator,
    @Nullable UUID uuid) {
  public static final CdrFilter ANY =
      new CdrFilter(null, null, null, null, null, null, null, null, null);

  private static final long DAY = 86_400;

  /** Of calls of any length and operator. */
  public CdrFilter(
      @Nullable Integer rmOrgId,
      @Nullable String source,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String callingNumber,
      @Nullable String calledNumber,
      @Nullable String direction,
      @Nullable String hangupCause,
      @Nullable Integer minBillsec) {
    this(
        rmOrgId,
        source,
        from,
        to,
        callingNumber,
        calledNumber,
        direction,
        hangupCause,
        minBillsec,
        null,
        null,
        null);
  }

  /** The same as JSON, in the words of the query. */
  public String json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    add(json, "orgId", rmOrgId);
    add(json, "source", source);
    add(json, "from", from);
    add(json, "to", to);
    add(json, "callingNumber", callingNumber);
    add(json, "calledNumber", calledNumber);
    add(json, "direction", direction);
    add(json, "hangupCause", hangupCause);
    add(json, "minBillsec", minBillsec);
    add(json, "maxBillsec", maxBillsec);
    add(json, "operator", operator);
    add(json, "uuid", uuid);
    return json.build().toString();
  }

  /** Reads what {@link #json} wrote. */
  public static CdrFilter ofJson(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      String orgId = json.getString("orgId", null);
      String from = json.getString("from", null);
      String to = json.getString("to", null);
      String minBillsec = json.getString("minBillsec", null);
      String maxBillsec = json.getString("maxBillsec", null);
      String uuid = json.getString("uuid", null);
      return new CdrFilter(
          orgId == null ? null : Integer.valueOf(orgId),
          json.getString("source", null),
          from == null ? null : Instant.parse(from),
          to == null ? null : Instant.parse(to),
          json.getString("callingNumber", null),
          json.getString("calledNumber", null),
          json.getString("direction", null),
          json.getString("hangupCause", null),
          minBillsec == null ? null : Integer.valueOf(minBillsec),
          maxBillsec == null ? null : Integer.valueOf(maxBillsec),
          json.getString("operator", null),
          uuid == null ? null : UUID.fromString(uuid));
    }
  }

  /** Conditions on the table {@code normalized_cdrs}, those on its partitions included. */
  public Where where() {
    Where where =
        new Where()
            .and("rmOrgID = ?", rmOrgId)
            .and("source = ?", source)
            .and("billsec >= ?", minBillsec)
            .and("billsec <= ?", maxBillsec)
            .and("uuid = ?", uuid == null ? null : Uuids.bytes(uuid));
    if (!isNone(where, "calling_number", callingNumber)) {
      where.andLike("calling_number", callingNumber);
    }
    if (!isNone(where, "called_number", calledNumber)) {
      where.andLike("called_number", calledNumber);
    }
    andExactly(where, "direction", direction);
    andExactly(where, "hangup_cause", hangupCause);
    andExactly(where, "operator_name", operator);
    return times(where);
  }

  private static void andExactly(Where where, String column, @Nullable String value) {
    if (!isNone(where, column, value)) {
      where.and(column + " = ?", value);
    }
  }

  private static boolean isNone(Where where, String column, @Nullable String value) {
    if (value == null || !value.isEmpty()) {
      return false;
    }
    where.andAll("(" + column + " IS NULL OR " + column + " = '')");
    return true;
  }

  /** The same of times only. */
  Where times(Where where) {
    if (from != null) {
      long first = secondsUp(from);
      where.and("start_epoch >= ?", first).and("TableSuffix >= ?", firstDay(first));
    }
    if (to != null) {
      long end = secondsUp(to);
      where.and("start_epoch < ?", end).and("TableSuffix <= ?", lastDay(end));
    }
    return where;
  }

  /** Those that began from a second (included) to another (not), too. */
  static Where within(Where where, long from, long to) {
    return where
        .and("start_epoch >= ?", from)
        .and("start_epoch < ?", to)
        .and("TableSuffix >= ?", firstDay(from))
        .and("TableSuffix <= ?", lastDay(to));
  }

  /** How many conditions there are beside those of time. */
  int conditions() {
    return (int)
        Stream.of(
                rmOrgId,
                source,
                callingNumber,
                calledNumber,
                direction,
                hangupCause,
                minBillsec,
                maxBillsec,
                operator,
                uuid)
            .filter(Objects::nonNull)
            .count();
  }

  /** A CDR's TableSuffix is within a day of its start: that much wider the partitions must be. */
  static String lastDay(long endEpoch) {
    return dayOf(endEpoch + DAY);
  }

  /** The same at the beginning. */
  static String firstDay(long startEpoch) {
    return dayOf(startEpoch - DAY);
  }

  private static String dayOf(long epochSecond) {
    long fourDigits = Math.max(-62_135_596_800L, Math.min(253_402_300_799L, epochSecond));
    return TableSuffix.ofEpochSecond(fourDigits).toString();
  }

  /** Calls begin at whole seconds. */
  static long secondsUp(Instant instant) {
    return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
  }

  private static void add(JsonObjectBuilder json, String name, @Nullable Object value) {
    if (value != null) {
      json.add(name, value.toString());
    }
  }
}
