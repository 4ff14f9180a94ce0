package org.waybill.normalize.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
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

/** Calls as they were put together from their lifecycle events: {@link LifecycleDocument}. */
@ApplicationScoped
public class LifecycleDialect implements Dialect {
  public static final String FORMAT = "lifecycle";

  /** Another number when other values are added, so that the old ones can be told. */
  private static final String HASH_VERSION = "lifecycle 1";

  private final Organizations organizations;
  private final Owners owners;
  private final Rules rules;

  @Inject
  public LifecycleDialect(Organizations organizations, Clock clock) {
    this.organizations = organizations;
    this.owners = new Owners(organizations);
    this.rules = new Rules(clock);
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected LifecycleDialect() {
    organizations = null;
    owners = null;
    rules = null;
  }

  /** The CDR of a call; another one for each organization. */
  public static UUID uuid(int rmOrgId, String callId) {
    return NamedUuid.of(FORMAT, rmOrgId, List.of(callId));
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public Normalization normalize(RawDocument raw, Caller caller) {
    List<Violation> violations = new ArrayList<>();
    LifecycleCall call = LifecycleDocument.read(raw.body(), violations);
    if (call == null) {
      return unusable(Fault.INVALID, violations, null);
    }
    Ownership ownership = owner(call, caller);
    if (ownership instanceof Ownership.Nobodys nobodys) {
      Violation violation = new Violation(0, 0, nobodys.why());
      return unusable(Fault.UNKNOWN_ORGANIZATION, List.of(violation), nobodys.rmOrgId());
    }
    Organization owner = ((Ownership.Of) ownership).organization();
    Fact start = new Fact("StartEpoch", Long.toString(call.start().getEpochSecond()), 0, 0);
    List<Violation> broken = rules.broken(new Facts(start, null, List.of(), List.of()));
    return broken.isEmpty() ? made(call, owner) : unusable(Fault.INVALID, broken, owner.id());
  }

  /** That of the one who hands it over, who remembers whose it was at first; else its tenant's. */
  private Ownership owner(LifecycleCall call, Caller caller) {
    String tenant = call.tenant();
    if (caller.organizations().size() == 1) {
      return owners.find(null, List.of(), caller);
    }
    Organization owner = tenant == null ? null : organizations.findByTenant(tenant).orElse(null);
    return owner == null
        ? new Ownership.Nobodys(nobodys(tenant), null)
        : owners.find(owner.id(), List.of(), caller);
  }

  private static String nobodys(@Nullable String tenant) {
    String said =
        tenant == null
            ? "The events of the call name no tenant"
            : "No organization has the tenant " + Quoted.of(tenant);
    return said
        + "; enter it as an organization's tenant, or set WAYBILL_AMQP_ORG to whose such calls are.";
  }

  private static Normalization made(LifecycleCall call, Organization owner) {
    List<Repair> repairs = new ArrayList<>();
    UUID uuid = uuid(owner.id(), call.callId());
    RawCall raw =
        new RawCall(
            uuid, null, call.start().getEpochSecond(), owner, null, variables(call, repairs));
    ValueDigest digest = new ValueDigest();
    digest.add(HASH_VERSION);
    digest.add(new String(LifecycleDocument.write(call), UTF_8));
    return new Normalization.Made(raw.normalized(digest.bytes()), repairs, null);
  }

  private static List<Variable> variables(LifecycleCall call, List<Repair> repairs) {
    Variables variables = new Variables(repairs);
    LifecycleCall.End end = call.end();
    variables.add("call_id", call.callId());
    variables.addIfAbsent("tenant_id", call.tenant());
    variables.addIfAbsent("user_id", call.findings().userId());
    variables.addIfAbsent("contact_id", call.findings().contactId());
    variables.addIfAbsent("caller_id_number", call.callerNumber());
    variables.addIfAbsent("destination_number", call.calledNumber());
    variables.addIfAbsent("call_direction", call.direction());
    variables.addIfAbsent("disposition", call.disposition());
    variables.addIfAbsent("hangup_cause", end == null ? null : end.reason());
    variables.addIfAbsent("hangup_source", call.hangupSource());
    variables.addIfAbsent(
        "call_state", call.status() == LifecycleCall.Status.TIMED_OUT ? "timed_out" : null);
    variables.addIfAbsent("answer_epoch", epoch(call.answer()));
    variables.addIfAbsent("end_epoch", epoch(end == null ? null : end.at()));
    variables.addIfAbsent("duration", text(call.duration()));
    variables.addIfAbsent("billsec", text(call.billsec()));
    call.findings().recordings().forEach(uri -> variables.add("recording_uri", uri));
    call.findings().transfers().forEach(to -> variables.add("transferred_to", to));
    return variables.all();
  }

  private static @Nullable String epoch(@Nullable Instant at) {
    return at == null ? null : text(at.getEpochSecond());
  }

  private static @Nullable String text(@Nullable Long number) {
    return number == null ? null : number.toString();
  }

  private static Normalization.Unusable unusable(
      Fault fault, List<Violation> violations, @Nullable Integer rmOrgId) {
    return new Normalization.Unusable(fault, violations.stream().sorted().toList(), null, rmOrgId);
  }
}
