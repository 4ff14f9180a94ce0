package org.waybill.collect;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * The members of a batch that were not newly stored, as JSON, written as they come to be known:
 * there may be millions.
 */
final class BatchResults implements AutoCloseable {
  private static final int IN_MEMORY = 1 << 18;
  private static final JsonGeneratorFactory JSON = Json.createGeneratorFactory(Map.of());

  private final Spill spill = new Spill(IN_MEMORY);
  private final JsonGenerator json = JSON.createGenerator(spill);

  BatchResults() {
    json.writeStartArray();
  }

  void add(BatchPlace place, Answer answer) {
    if (answer instanceof Answer.Rejected rejected) {
      rejected(place, rejected.rejectedId(), rejected.rejection());
    } else if (answer instanceof Answer.Accepted accepted && accepted.verdict().duplicate()) {
      duplicate(place, accepted.verdict().uuid());
    }
  }

  private void duplicate(BatchPlace place, UUID uuid) {
    start(place, "duplicate").write("uuid", uuid.toString()).writeEnd();
  }

  private void rejected(BatchPlace place, long rejectedId, Rejection rejection) {
    start(place, "rejected").write("rejectedId", rejectedId);
    json.write("reason", rejection.reason().name());
    if (rejection.uuid() != null) {
      json.write("uuid", rejection.uuid().toString());
    }
    json.write("violations", Violations.json(rejection.violations())).writeEnd();
  }

  void tooLarge(BatchPlace place, int maxBytes) {
    start(place, "rejected")
        .write("reason", "TOO_LARGE")
        .writeStartArray("violations")
        .writeStartObject()
        .write("line", 0)
        .write("column", 0)
        .write("message", "A document may have " + maxBytes + " bytes at the most; not kept.")
        .writeEnd()
        .writeEnd()
        .writeEnd();
  }

  /** Ends the array and writes the whole answer. */
  void writeTo(OutputStream out, JsonObject counts) throws IOException {
    json.writeEnd();
    json.flush();
    String head = counts.toString();
    out.write(head.substring(0, head.length() - 1).getBytes(StandardCharsets.US_ASCII));
    out.write(",\"results\":".getBytes(StandardCharsets.US_ASCII));
    spill.copyTo(out);
    out.write('}');
  }

  @Override
  public void close() throws IOException {
    spill.close();
  }

  /** The place is that in the stream; those of violations are within the member, from 1. */
  private JsonGenerator start(BatchPlace place, String outcome) {
    return place.writeTo(json.writeStartObject()).write("outcome", outcome);
  }
}
