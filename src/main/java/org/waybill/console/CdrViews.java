package org.waybill.console;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.MediaType;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrJson;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.StoredRaw;
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

  /** The raw document of one that came in our own schema: the document that is stored. */
  static JsonObject ownDocument(StoredCdr cdr) {
    return new JsonMembers()
        .add("source", cdr.source())
        .add("format", cdr.source())
        .add("receivedAt", cdr.receivedAt())
        .add("contentType", MediaType.APPLICATION_XML)
        .add("size", (long) cdr.xml().getBytes(StandardCharsets.UTF_8).length)
        .add("link", rawLink(cdr))
        .add("body", cdr.xml())
        .build();
  }

  static JsonObject raw(StoredCdr cdr, StoredRaw raw) {
    return new JsonMembers()
        .add("source", cdr.source())
        .add("format", raw.format())
        .add("receivedAt", raw.receivedAt())
        .add("contentType", raw.contentType())
        .add("size", raw.size())
        .add("link", rawLink(cdr))
        .add("urlUuid", raw.urlUuid())
        .add("sender", raw.sender())
        .add("version", raw.version())
        .add("mapping", raw.mapping())
        .build();
  }

  static JsonArray repairs(StoredRaw raw) {
    try (JsonReader reader = Json.createReader(new StringReader(raw.repairs()))) {
      return reader.readArray();
    }
  }

  private static String rawLink(StoredCdr cdr) {
    return "/api/cdrs/" + cdr.uuid() + "/raw";
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
