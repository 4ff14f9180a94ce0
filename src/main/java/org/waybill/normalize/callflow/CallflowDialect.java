package org.waybill.normalize.callflow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.document.Facts;
import org.waybill.document.Facts.Fact;
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
 * Calls of a call-flow platform. A call says of itself when it was and who called; its connections
 * when it was answered, its events who took it and how it ended.
 */
@ApplicationScoped
public class CallflowDialect implements Dialect {
  public static final String FORMAT = "callflow";

  /** Another number when other values are added, so that the old ones can be told. */
  private static final String HASH_VERSION = "callflow 1";

  private final Owners owners;
  private final Rules rules;

  @Inject
  public CallflowDialect(Organizations organizations, Clock clock) {
    owners = new Owners(organizations);
    rules = new Rules(clock);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected CallflowDialect() {
    owners = null;
    rules = null;
  }

  /** The uuid of a call's CDR. */
  public static UUID uuid(int rmOrgId, long callId) {
    return NamedUuid.of(FORMAT, rmOrgId, List.of(Long.toString(callId)));
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public Normalization normalize(RawDocument raw, Caller caller) {
    LenientUtf8 text = LenientUtf8.of(raw.body());
    List<Violation> violations = new ArrayList<>();
    FlowDocument document = FlowDocument.parse(text.text(), violations);
    if (document == null) {
      return unusable(Fault.NOT_WELL_FORMED, violations, null, null);
    }
    FlowCall call = document.call(violations);
    Ownership ownership = owners.find(null, List.of(), caller);
    if (ownership instanceof Ownership.Nobodys nobodys) {
      Fault fault = call == null ? Fault.INVALID : Fault.UNKNOWN_ORGANIZATION;
      violations.add(new Violation(0, 0, nobodys.why()));
      return unusable(fault, violations, call, nobodys.rmOrgId());
    }
    Organization owner = ((Ownership.Of) ownership).organization();
    if (call == null) {
      return unusable(Fault.INVALID, violations, null, owner.id());
    }
    List<Violation> broken = rules.broken(facts(call, owner));
    return broken.isEmpty()
        ? made(document, call, owner, text)
        : unusable(Fault.INVALID, broken, call, owner.id());
  }

  private static Normalization made(
      FlowDocument document, FlowCall call, Organization owner, LenientUtf8 text) {
    List<Repair> repairs = new ArrayList<>();
    if (text.mended()) {
      repairs.add(new Repair("bad-encoding", "1:1", "bytes that are not UTF-8", text.text()));
    }
    RawCall raw =
        new RawCall(
            uuid(owner.id(), call.call().id()),
            null,
            start(call, owner),
            owner,
            null,
            CallVariables.of(call, document.isUnended(), owner.timeZone(), repairs));
    ValueDigest digest = new ValueDigest();
    digest.add(HASH_VERSION);
    add(document.json(), digest);
    return new Normalization.Made(raw.normalized(digest.bytes()), repairs, null);
  }

  /** Every value; the order of the members of an object is none of them. */
  private static void add(JsonValue value, ValueDigest digest) {
    if (value instanceof JsonObject object) {
      digest.add(object.size());
      for (Map.Entry<String, JsonValue> member : new TreeMap<>(object).entrySet()) {
        digest.add(member.getKey());
        add(member.getValue(), digest);
      }
    } else if (value instanceof JsonArray array) {
      digest.add(array.size());
      array.forEach(element -> add(element, digest));
    } else {
      digest.add(value.toString());
    }
  }

  private static Facts facts(FlowCall call, Organization owner) {
    String epoch = Long.toString(start(call, owner));
    return new Facts(new Fact("StartEpoch", epoch, 0, 0), null, List.of(), List.of());
  }

  private static long start(FlowCall call, Organization owner) {
    return call.call().start().in(owner.timeZone()).getEpochSecond();
  }

  private static Normalization.Unusable unusable(
      Fault fault, List<Violation> violations, @Nullable FlowCall call, @Nullable Integer rmOrgId) {
    UUID uuid = call == null || rmOrgId == null ? null : uuid(rmOrgId, call.call().id());
    return new Normalization.Unusable(fault, violations.stream().sorted().toList(), uuid, rmOrgId);
  }
}
