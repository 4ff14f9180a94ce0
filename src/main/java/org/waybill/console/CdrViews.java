package org.waybill.console;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrJson;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.StoredXml;
import org.waybill.report.CdrLine;

/** CDRs as readers see them, under the schema's own names. */
final class CdrViews {
  private CdrViews() {}

  static JsonObject whole(StoredCdr cdr) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.createGenerator(text)) {
      json.writeStartObject();
      json.write("id", cdr.id());
      json.write("source", cdr.source());
      json.write("receivedAt", cdr.receivedAt().toString());
      CdrJson.writeMembers(StoredXml.cdr(cdr.xml()), json);
      json.writeEnd();
    }
    try (JsonReader reader = Json.createReader(new StringReader(text.toString()))) {
      return reader.readObject();
    }
  }

  /** Only those variables that are kept in columns: a document may have 10 MB. */
  static JsonObject line(CdrLine line) {
    Integer billsec = line.billsec();
    JsonObjectBuilder variables = Json.createObjectBuilder();
    add(variables, "caller_id_number", line.callingNumber());
    add(variables, "destination_number", line.calledNumber());
    add(variables, "call_direction", line.direction());
    add(variables, "hangup_cause", line.hangupCause());
    add(variables, "billsec", billsec == null ? null : billsec.toString());
    return new JsonMembers()
        .add("id", line.id())
        .add("source", line.source())
        .add("receivedAt", line.receivedAt())
        .add("uuid", line.uuid().toString())
        .add("StartEpoch", line.startEpoch())
        .add("TableSuffix", line.tableSuffix())
        .add("rmOrgID", line.rmOrgId())
        .add("variables", variables.build())
        .build();
  }

  private static void add(JsonObjectBuilder variables, String name, @Nullable String value) {
    if (value != null) {
      variables.add(name, value);
    }
  }
}
