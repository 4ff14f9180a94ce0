package org.waybill.normalize.smdr;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.cdr.Variable;
import org.waybill.document.Facts;
import org.waybill.document.Facts.Fact;
import org.waybill.document.Quoted;
import org.waybill.document.Rules;
import org.waybill.document.Violation;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.NamedUuid;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Owners;
import org.waybill.normalize.Owners.Ownership;
import org.waybill.normalize.RawCall;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.Repair;
import org.waybill.normalize.ValueDigest;
import org.waybill.normalize.Variables;
import org.waybill.platform.Settings;

/**
 * Avaya's call records: a line a document, or the segments of a call of an IP Office. What
 * identifies a record is the whole of it, and its day where it does not say it: a line repeated
 * exactly is a repeat.
 */
@ApplicationScoped
public class SmdrDialect implements Dialect {
  static final String FORMAT = "smdr";

  /** Another number when other values are added, so that the old ones can be told. */
  private static final String HASH_VERSION = "smdr 1";

  private final Owners owners;
  private final Rules rules;
  private final Layouts layouts;
  private final String usualLayout;

  @Inject
  public SmdrDialect(Organizations organizations, Clock clock, Settings settings) {
    owners = new Owners(organizations);
    rules = new Rules(clock);
    layouts = Layouts.of(settings);
    usualLayout = settings.smdr().layout();
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected SmdrDialect() {
    owners = null;
    rules = null;
    layouts = null;
    usualLayout = null;
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public Normalization normalize(RawDocument raw, Caller caller) {
    LineType type = LineType.parse(raw.contentType());
    RecordText text = RecordText.of(raw.body());
    List<Violation> violations = new ArrayList<>();
    CallLine call = read(type, text.text(), violations);
    LocalDate day = call == null || call.date() != null ? null : day(type, violations);
    Ownership ownership = owners.find(null, List.of(), caller);
    if (ownership instanceof Ownership.Nobodys nobodys) {
      Fault fault = violations.isEmpty() ? Fault.UNKNOWN_ORGANIZATION : Fault.NOT_WELL_FORMED;
      violations.add(new Violation(0, 0, nobodys.why()));
      return unusable(fault, violations, nobodys.rmOrgId());
    }
    Organization owner = ((Ownership.Of) ownership).organization();
    if (call == null || !violations.isEmpty()) {
      return unusable(Fault.NOT_WELL_FORMED, violations, owner.id());
    }
    LocalDate date = call.date() == null ? day : call.date();
    return map(
        new Dated(call, Objects.requireNonNull(date), type.fold(), day != null), text, owner);
  }

  /**
   * A call of which the day is known.
   *
   * @param told whether the day is not the record's own word
   */
  private record Dated(CallLine call, LocalDate date, boolean fold, boolean told) {
    List<String> identity(RecordText text) {
      List<String> identity = new ArrayList<>(text.identity());
      if (told) {
        identity.add(0, date.toString());
      }
      return identity;
    }
  }

  private @Nullable CallLine read(LineType type, String text, List<Violation> violations) {
    if (text.isBlank()) {
      violations.add(new Violation(1, 1, "The line is empty."));
      return null;
    }
    if (DateRecord.parse(text) != null) {
      violations.add(
          new Violation(
              1,
              1,
              "This is a date record, not a call; if "
                  + Quoted.of(text)
                  + " is no day here, set WAYBILL_SMDR_DATE_ORDER as the switch has it."));
      return null;
    }
    String name = type.layout();
    if (name == null) {
      name = IpOfficeSegment.BEGINNING.matcher(text).matches() ? "ipoffice" : usualLayout;
    }
    Layout layout = layouts.find(name).orElse(null);
    if (layout == null) {
      violations.add(
          new Violation(0, 0, "There is no layout " + Quoted.of(name) + "; see docs/avaya.md."));
      return null;
    }
    return layout.read(text, violations);
  }

  private static @Nullable LocalDate day(LineType type, List<Violation> violations) {
    if (type.date() == null) {
      violations.add(
          new Violation(
              0,
              0,
              "A record of this layout does not tell its day; name it, as in Content-Type:"
                  + " text/x-smdr; layout=teleseer; date=2026-11-21."));
    }
    return type.date();
  }

  private Normalization map(Dated dated, RecordText text, Organization owner) {
    long start = dated.call().startEpoch(dated.date(), owner.timeZone(), dated.fold());
    Fact fact = new Fact("StartEpoch", Long.toString(start), 1, 1);
    List<Violation> broken = rules.broken(new Facts(fact, null, List.of(), List.of()));
    if (!broken.isEmpty()) {
      return unusable(Fault.INVALID, broken, owner.id());
    }
    List<Repair> repairs = new ArrayList<>();
    if (text.mended()) {
      repairs.add(new Repair("bad-encoding", "1:1", "bytes that are not UTF-8", text.text()));
    }
    Variables variables = new Variables(repairs);
    for (Variable variable : dated.call().variables()) {
      variables.add(variable.name(), variable.value());
    }
    List<String> identity = dated.identity(text);
    UUID uuid = NamedUuid.of(FORMAT, owner.id(), identity);
    RawCall call = new RawCall(uuid, null, start, owner, null, variables.all());
    ValueDigest digest = new ValueDigest();
    digest.add(HASH_VERSION);
    identity.forEach(digest::add);
    return new Normalization.Made(call.normalized(digest.bytes()), repairs, null);
  }

  private static Normalization.Unusable unusable(
      Fault fault, List<Violation> violations, @Nullable Integer rmOrgId) {
    return new Normalization.Unusable(fault, violations.stream().sorted().toList(), null, rmOrgId);
  }
}
