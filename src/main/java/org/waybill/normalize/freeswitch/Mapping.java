package org.waybill.normalize.freeswitch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.document.DispatchFields;
import org.waybill.document.Facts;
import org.waybill.document.Facts.Fact;
import org.waybill.document.Facts.TaskFacts;
import org.waybill.document.Quoted;
import org.waybill.document.Rules;
import org.waybill.document.Violation;
import org.waybill.document.XmlLimits;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Owners;
import org.waybill.normalize.Owners.Ownership;
import org.waybill.normalize.RawCall;
import org.waybill.normalize.Repair;
import org.waybill.normalize.Switch;
import org.waybill.normalize.Variables;

/** One document on its way to a CDR, with all that is wrong with it. */
final class Mapping {
  private static final List<String> OF_THE_PROFILE =
      List.of("caller_id_number", "caller_id_name", "destination_number", "context");

  /** With what is added to them, no more than the normalized document may hold. */
  private static final long MOST_VARIABLES = XmlLimits.ELEMENTS - 1_000;

  private final FreeSwitchDocument document;
  private final ChannelVariables variables;
  private final @Nullable String urlUuid;
  private final List<Violation> violations = new ArrayList<>();

  Mapping(FreeSwitchDocument document, ChannelVariables variables, @Nullable String urlUuid) {
    this.document = document;
    this.variables = variables;
    this.urlUuid = urlUuid;
  }

  Normalization map(Owners owners, Rules rules, Caller caller) {
    UUID uuid = CallIdentity.find(document, variables, urlUuid, violations);
    Fact start = CallStart.find(document, variables, violations);
    violations.addAll(rules.broken(facts(start)));
    checkNumberOfVariables();
    Optional<Fact> named = variables.first("rmOrgID");
    Integer rmOrgId = named.map(this::organization).orElse(null);
    if (named.isPresent() && rmOrgId == null) {
      return unusable(Fault.INVALID, uuid, null);
    }
    Ownership ownership = owners.find(rmOrgId, domains(), caller);
    if (ownership instanceof Ownership.Nobodys nobodys) {
      Fault fault = violations.isEmpty() ? Fault.UNKNOWN_ORGANIZATION : Fault.INVALID;
      violations.add(
          named
              .map(fact -> fact.violation(nobodys.why()))
              .orElseGet(() -> new Violation(0, 0, nobodys.why())));
      return unusable(fault, uuid, nobodys.rmOrgId());
    }
    Ownership.Of of = (Ownership.Of) ownership;
    return uuid == null || start == null || !violations.isEmpty()
        ? unusable(Fault.INVALID, uuid, of.organization().id())
        : made(uuid, Long.parseLong(start.value()), of);
  }

  private Normalization.Made made(UUID uuid, long startEpoch, Ownership.Of owner) {
    List<Repair> own = new ArrayList<>(variables.repairs());
    Variables gathered = gathered(own);
    List<Repair> repairs = new ArrayList<>(document.repairs());
    repairs.addAll(Repairs.told(own));
    RawCall call =
        new RawCall(
            uuid,
            uuid.toString(),
            startEpoch,
            owner.organization(),
            variables.first("rmUserID").isPresent() ? gathered.first("rmUserID") : null,
            gathered.all());
    return new Normalization.Made(
        call.normalized(DocumentHash.of(document, variables)),
        repairs,
        Switch.of(document.switchname(), document.coreUuid()));
  }

  private Normalization.Unusable unusable(
      Fault fault, @Nullable UUID uuid, @Nullable Integer rmOrgId) {
    Collections.sort(violations);
    return new Normalization.Unusable(fault, violations, uuid, rmOrgId);
  }

  private void checkNumberOfVariables() {
    int number = variables.all().size();
    if (number > MOST_VARIABLES) {
      violations.add(
          new Violation(
              0,
              0,
              "The document may hold at most "
                  + MOST_VARIABLES
                  + " variables, but holds "
                  + number
                  + "."));
    }
  }

  /** They become the fields of the document's one task. */
  private Facts facts(@Nullable Fact start) {
    List<Fact> steering =
        variables.all().stream().filter(fact -> DispatchFields.steers(fact.name())).toList();
    TaskFacts task = new TaskFacts(new Fact("type", DispatchFields.TASK_TYPE, 0, 0), steering);
    return new Facts(start, null, List.of(), List.of(task));
  }

  /** Null, and told, when it is not one number. */
  private @Nullable Integer organization(Fact named) {
    for (Fact again : variables.all("rmOrgID")) {
      if (!again.value().isBlank() && !again.value().equals(named.value())) {
        violations.add(
            again.violation("rmOrgID may have only one value, but has another one here."));
        return null;
      }
    }
    try {
      int id = Integer.parseInt(named.value().strip());
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number that is none of an organization.
    }
    violations.add(
        named.violation(
            "rmOrgID must be a whole number from 1 to 2147483647, but is "
                + Quoted.of(named.value())
                + "."));
    return null;
  }

  private List<String> domains() {
    List<String> domains = new ArrayList<>();
    variables.first("domain_name").map(Fact::value).ifPresent(domains::add);
    variables.first("accountcode").map(Fact::value).ifPresent(domains::add);
    return domains;
  }

  private Variables gathered(List<Repair> repairs) {
    Variables gathered = new Variables(repairs);
    variables.all().forEach(fact -> gathered.add(fact.name(), fact.value()));
    if (!document.callflows().isEmpty()) {
      Map<String, String> newest = document.callflows().get(0).profile();
      OF_THE_PROFILE.forEach(name -> gathered.addIfAbsent(name, newest.get(name)));
    }
    gathered.addIfAbsent("call_direction", document.channelData().get("direction"));
    return gathered;
  }
}
