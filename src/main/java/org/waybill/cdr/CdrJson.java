package org.waybill.cdr;

import jakarta.json.stream.JsonGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A CDR in JSON, with the schema's own names: the same for gateways and for readers. */
public final class CdrJson {
  private CdrJson() {}

  /** Writes the members of the CDR into an object that the caller begins and ends. */
  public static void writeMembers(Cdr cdr, JsonGenerator json) {
    json.write("uuid", cdr.uuid().toString());
    if (cdr.timeZoneOffset() != null) {
      json.write("TimeZoneOffset", cdr.timeZoneOffset());
    }
    json.write("StartEpoch", cdr.startEpoch());
    json.write("TableSuffix", cdr.tableSuffix().toString());
    if (cdr.legUuid() != null) {
      json.write("LegUUID", cdr.legUuid());
    }
    json.write("rmOrgID", cdr.rmOrgId());
    if (cdr.rmUserId() != null) {
      json.write("rmUserID", cdr.rmUserId());
    }
    writeVariables(cdr.variables(), json);
  }

  // A variable that comes more than once is an array of its values, where it came first.
  private static void writeVariables(List<Variable> variables, JsonGenerator json) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (Variable variable : variables) {
      byName.computeIfAbsent(variable.name(), name -> new ArrayList<>(1)).add(variable.value());
    }
    json.writeStartObject("variables");
    byName.forEach((name, values) -> writeVariable(name, values, json));
    json.writeEnd();
  }

  private static void writeVariable(String name, List<String> values, JsonGenerator json) {
    if (values.size() == 1) {
      json.write(name, values.get(0));
      return;
    }
    json.writeStartArray(name);
    values.forEach(json::write);
    json.writeEnd();
  }
}
