package org.waybill.collect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.ContentHash;
import org.waybill.cdr.KeptXml;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.NewRaw;
import org.waybill.cdr.PackedBytes;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.ledger.Page;
import org.waybill.report.CallGroup;

/** A call of a test's own, whose every value may be any that statistics care for. */
record SomeCall(
    UUID uuid,
    int organization,
    String source,
    Instant received,
    long start,
    int daysOff,
    @Nullable String calling,
    @Nullable String called,
    @Nullable String direction,
    @Nullable String cause,
    @Nullable String operator,
    @Nullable Integer billsec) {
  private static final long DAY = 86_400;

  /** The last second of a month, midnight, both sides of an hour, and a change of clocks. */
  private static final List<Instant> STARTS =
      List.of(
          Instant.parse("2026-10-31T23:59:59Z"),
          Instant.parse("2026-11-01T00:00:00Z"),
          Instant.parse("2026-11-20T10:59:59Z"),
          Instant.parse("2026-11-20T11:00:00Z"),
          Instant.parse("2026-10-25T00:59:59Z"),
          Instant.parse("2026-10-25T01:00:00Z"));

  static SomeCall any(Random random) {
    Instant received =
        Instant.parse("2026-11-20T23:59:59.500Z").plusMillis(random.nextInt(2) * 1_000L);
    SomeCall call =
        new SomeCall(
            UUID.randomUUID(),
            1001 + random.nextInt(2),
            random.nextBoolean() ? "freeswitch" : "cdr-normalized",
            received,
            1,
            random.nextInt(3) - 1,
            null,
            null,
            null,
            null,
            null,
            null);
    return call.amended(random);
  }

  /** The same call after a change of all that may change. */
  SomeCall amended(Random random) {
    long now =
        STARTS.get(random.nextInt(STARTS.size())).getEpochSecond() + random.nextInt(7_200) - 3_600;
    long start = this.start == 1 ? now : this.start / DAY * DAY + now % DAY;
    return new SomeCall(
        uuid,
        organization,
        source,
        received,
        start,
        daysOff,
        one(random, null, "+1555", "+15556", "1_5%"),
        one(random, null, "100", "200"),
        one(random, null, "inbound", "outbound"),
        one(random, null, "NORMAL_CLEARING", "USER_BUSY", "NO_ROUTE_DESTINATION", "busy"),
        one(random, null, null, "Ann", "Bob"),
        random.nextInt(4) == 0 ? null : random.nextInt(100) - 20);
  }

  private static @Nullable String one(Random random, @Nullable String... values) {
    return values[random.nextInt(values.length)];
  }

  Cdr cdr() {
    List<Variable> variables = new ArrayList<>();
    add(variables, "caller_id_number", calling);
    add(variables, "destination_number", called);
    add(variables, "call_direction", direction);
    add(variables, "hangup_cause", cause);
    add(variables, "operator_name", operator);
    add(variables, "billsec", billsec == null ? null : billsec.toString());
    TableSuffix day = new TableSuffix(TableSuffix.ofEpochSecond(start).day().plusDays(daysOff));
    return new Cdr(uuid, null, start, day, null, organization, null, variables);
  }

  KeptXml xml() {
    return KeptXml.of(
        """
        <cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch><TableSuffix>%s</TableSuffix>\
        <rmOrgID>%d</rmOrgID></data></cdr>"""
            .formatted(uuid, start, cdr().tableSuffix(), organization));
  }

  NewCdr fresh() {
    return fresh("");
  }

  /** Of another content when the words are others. */
  NewCdr fresh(String words) {
    NewRaw raw = new NewRaw(PackedBytes.of(new byte[] {1}), null, null, 1, "[]", "key:pbx");
    return new NewCdr(cdr(), xml(), hash(words), source, received, raw);
  }

  long seconds() {
    return billsec == null ? 0 : Math.max(0, billsec);
  }

  private ContentHash hash(String words) {
    try {
      return new ContentHash(
          MessageDigest.getInstance("SHA-256")
              .digest((uuid + words).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(List<Variable> variables, String name, @Nullable String value) {
    if (value != null) {
      variables.add(new Variable(name, value));
    }
  }

  /** The page of the ledger that it is on. */
  Page page() {
    return Page.of(received, source, organization);
  }

  /** Of statistics; empty where it has none. */
  String group(CallGroup by) {
    return switch (by) {
      case HOUR -> String.valueOf(start / 3_600 * 3_600);
      case DAY -> String.valueOf(start / DAY * DAY);
      case ORG -> String.valueOf(organization);
      case DIRECTION -> Objects.requireNonNullElse(direction, "");
      case HANGUP_CAUSE -> Objects.requireNonNullElse(cause, "");
      case CALLING_NUMBER -> Objects.requireNonNullElse(calling, "");
      case CALLED_NUMBER -> Objects.requireNonNullElse(called, "");
      case OPERATOR -> Objects.requireNonNullElse(operator, "");
    };
  }
}
