package org.waybill.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.cdr.Variable;
import org.waybill.document.Violation;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.RawCall;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.ValueDigest;

/** Lines of {@code name=value}: org, uuid, start (an epoch), words. Others say nothing. */
final class WordsDialect implements Dialect {
  static final String FORMAT = "words";

  private final Organizations organizations;

  WordsDialect(Organizations organizations) {
    this.organizations = organizations;
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public Normalization normalize(RawDocument raw, Caller caller) {
    Map<String, String> values =
        Arrays.stream(new String(raw.body(), UTF_8).split("\n", -1))
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    UUID uuid = UUID.fromString(values.get("uuid"));
    int org = Integer.parseInt(values.get("org"));
    Optional<Organization> owner = organizations.find(org);
    if (owner.isEmpty()) {
      return new Normalization.Unusable(
          Normalization.Fault.UNKNOWN_ORGANIZATION,
          List.of(new Violation(0, 0, org + " is not a known organization.")),
          uuid,
          org);
    }
    String words = values.getOrDefault("words", "");
    ValueDigest digest = new ValueDigest();
    digest.add(new String(raw.body(), UTF_8));
    RawCall call =
        new RawCall(
            uuid,
            null,
            Long.parseLong(values.get("start")),
            owner.get(),
            null,
            List.of(new Variable("words", words)));
    return new Normalization.Made(call.normalized(digest.bytes()), List.of(), null);
  }
}
