package org.waybill.cdr;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call detail record, normalized: the values of {@code data} in the cdr-normalized schema.
 *
 * @param uuid its identity over all days
 * @param timeZoneOffset minutes from UTC at the caller's, where known
 * @param startEpoch start of the call, seconds since 1970 UTC
 * @param tableSuffix the day that it is kept under
 * @param legUuid the call leg, where known
 * @param rmOrgId organization that owns it, 1 or more
 * @param rmUserId user of that organization, where known
 * @param variables everything else, in the document's order
 */
public record Cdr(
    UUID uuid,
    @Nullable Integer timeZoneOffset,
    long startEpoch,
    TableSuffix tableSuffix,
    @Nullable String legUuid,
    int rmOrgId,
    @Nullable String rmUserId,
    List<Variable> variables) {

  public Cdr {
    if (startEpoch < 1) {
      throw new IllegalArgumentException("StartEpoch must be positive, but is " + startEpoch);
    }
    if (rmOrgId < 1) {
      throw new IllegalArgumentException("rmOrgID must be positive, but is " + rmOrgId);
    }
    variables = List.copyOf(variables);
  }

  /** The first value of a variable. */
  public @Nullable String variable(String name) {
    for (Variable variable : variables) {
      if (variable.name().equals(name)) {
        return variable.value();
      }
    }
    return null;
  }
}
