package org.waybill.normalize.asterisk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
import org.waybill.normalize.LenientUtf8;
import org.waybill.normalize.NamedUuid;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Owners;
import org.waybill.normalize.Owners.Ownership;
import org.waybill.normalize.RawCall;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.Repair;
import org.waybill.normalize.ValueDigest;

/**
 * Records of Asterisk's cdr_csv, one line of {@code Master.csv} a document. What identifies a
 * record is all of its values, since a uniqueid may have several: a line repeated exactly is a
 * repeat.
 */
@ApplicationScoped
public class AsteriskDialect implements Dialect {
  private static final String FORMAT = "asterisk";

  private static final Violation EMPTY = new Violation(1, 1, "The document is empty.");

  /** Another number when other values are added, so that the old ones can be told. */
  private static final String HASH_VERSION = "asterisk 1";

  private final Owners owners;
  private final Rules rules;

  @Inject
  public AsteriskDialect(Organizations organizations, Clock clock) {
    owners = new Owners(organizations);
    rules = new Rules(clock);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected AsteriskDialect() {
    owners = null;
    rules = null;
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public Normalization normalize(RawDocument raw, Caller caller) {
    LenientUtf8 text = LenientUtf8.of(raw.body());
    CsvReader csv = new CsvReader(withoutByteOrderMark(text.text()));
    List<CsvReader.Field> fields = csv.next();
    List<CsvReader.Field> second = csv.next();
    Violation unreadable = fields.isEmpty() ? EMPTY : null;
    if (csv.violation() != null) {
      unreadable = csv.violation();
    }
    if (unreadable != null) {
      return unusable(Fault.NOT_WELL_FORMED, List.of(unreadable), null);
    }
    List<Violation> violations = new ArrayList<>();
    MasterRecord record = new MasterRecord(fields, violations);
    if (!second.isEmpty()) {
      violations.add(another(second.get(0)));
    }
    return violations.isEmpty()
        ? map(record, text, caller)
        : unusable(Fault.INVALID, violations, null);
  }

  private Normalization map(MasterRecord record, LenientUtf8 text, Caller caller) {
    Fact written = record.fact("start");
    LocalStart start = LocalStart.parse(written.value());
    List<Violation> violations = new ArrayList<>();
    if (start == null) {
      violations.add(noTime(written));
    }
    Ownership ownership = owners.find(null, accounts(record), caller);
    if (ownership instanceof Ownership.Nobodys nobodys) {
      Fault fault = violations.isEmpty() ? Fault.UNKNOWN_ORGANIZATION : Fault.INVALID;
      violations.add(record.fact("accountcode").violation(nobodys.why()));
      return unusable(fault, violations, nobodys.rmOrgId());
    }
    Organization owner = ((Ownership.Of) ownership).organization();
    if (start == null) {
      return unusable(Fault.INVALID, violations, owner.id());
    }
    long epoch = start.epochSecond(owner.timeZone(), record.value("uniqueid"));
    List<Violation> broken = rules.broken(facts(epoch, written));
    return broken.isEmpty()
        ? made(record, text, epoch, owner)
        : unusable(Fault.INVALID, broken, owner.id());
  }

  private static Normalization made(
      MasterRecord record, LenientUtf8 text, long startEpoch, Organization owner) {
    List<Repair> repairs = new ArrayList<>();
    if (text.mended()) {
      repairs.add(new Repair("bad-encoding", "1:1", "bytes that are not UTF-8", text.text()));
    }
    List<String> values = record.values();
    UUID uuid = NamedUuid.of(FORMAT, owner.id(), values);
    List<Variable> variables = CallVariables.of(record, repairs);
    RawCall call = new RawCall(uuid, null, startEpoch, owner, null, variables);
    ValueDigest digest = new ValueDigest();
    digest.add(HASH_VERSION);
    values.forEach(digest::add);
    return new Normalization.Made(call.normalized(digest.bytes()), repairs, null);
  }

  private static List<String> accounts(MasterRecord record) {
    String account = record.value("accountcode");
    return account.isBlank() ? List.of() : List.of(account);
  }

  private static Facts facts(long epoch, Fact written) {
    Fact start = new Fact("StartEpoch", Long.toString(epoch), written.line(), written.column());
    return new Facts(start, null, List.of(), List.of());
  }

  private static Normalization.Unusable unusable(
      Fault fault, List<Violation> violations, @Nullable Integer rmOrgId) {
    return new Normalization.Unusable(fault, violations.stream().sorted().toList(), null, rmOrgId);
  }

  private static Violation noTime(Fact start) {
    return start.violation(
        "start must be a time such as 2024-01-15 10:30:45, but is "
            + Quoted.of(start.value())
            + ".");
  }

  private static Violation another(CsvReader.Field field) {
    return new Violation(
        field.line(),
        field.column(),
        "A document holds one line of Master.csv, but here begins another one; send each by itself.");
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
