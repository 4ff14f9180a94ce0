package org.waybill.normalize;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organization;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.document.DispatchFields;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

/**
 * What a dialect took from a raw document; the rest of a CDR follows from it, by one rule for all
 * dialects.
 *
 * @param startEpoch seconds since 1970 UTC
 * @param owner by whose time zone and country it is read
 * @param variables whose {@code rm…} steering values have been checked
 */
public record RawCall(
    UUID uuid,
    @Nullable String legUuid,
    long startEpoch,
    Organization owner,
    @Nullable String rmUserId,
    List<Variable> variables) {
  private static final int SECONDS_A_MINUTE = 60;

  public RawCall {
    variables = List.copyOf(variables);
  }

  /**
   * @param contentHash of the raw document's own values: what is made of them here may change
   */
  public Normalized normalized(byte[] contentHash) {
    Cdr cdr =
        new Cdr(
            uuid,
            timeZoneOffset(),
            startEpoch,
            TableSuffix.ofEpochSecond(startEpoch),
            legUuid,
            owner.id(),
            rmUserId,
            withE164());
    List<NewTask> tasks = List.of(task());
    return new Normalized(cdr, tasks, NormalizedXml.of(cdr, tasks), contentHash);
  }

  private int timeZoneOffset() {
    Instant start = Instant.ofEpochSecond(startEpoch);
    return owner.timeZone().getRules().getOffset(start).getTotalSeconds() / SECONDS_A_MINUTE;
  }

  private List<Variable> withE164() {
    List<Variable> all = new ArrayList<>(variables);
    for (String number : List.of("caller_id_number", "destination_number")) {
      String raw = value(number);
      String e164 = raw == null ? null : E164.of(raw, owner.country());
      if (e164 != null && value(number + "_e164") == null) {
        all.add(new Variable(number + "_e164", e164));
      }
    }
    return all;
  }

  private @Nullable String value(String name) {
    for (Variable variable : variables) {
      if (variable.name().equals(name)) {
        return variable.value();
      }
    }
    return null;
  }

  /** Every raw document asks for one, whether or not its variables say more of it. */
  private NewTask task() {
    List<Field> fields = new ArrayList<>();
    Priority priority = Priority.MEDIUM;
    for (Variable variable : variables) {
      if (DispatchFields.steers(variable.name())) {
        fields.add(new Field(variable.name(), variable.value()));
      }
      if (variable.name().equals(DispatchFields.TASK_PRIORITY)) {
        priority = Priority.ofWord(variable.value());
      }
    }
    String xml = NormalizedXml.task(DispatchFields.TASK_TYPE, priority, fields);
    return new NewTask(DispatchFields.TASK_TYPE, priority, fields, xml);
  }
}
