package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.document.Violation;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.Repair;

/**
 * Lines of {@code name=value}: {@code org} else the only one of the sender's key, {@code uuid} else
 * the address's. What the value of {@code words} says counts; what that of {@code noise} says does
 * not. A line {@code fail} makes it fail.
 */
final class SomeDialect implements Dialect {
  static final String FORMAT = "lines";

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public int mapping() {
    return 7;
  }

  @Override
  public Normalization normalize(RawDocument raw, Caller caller) {
    Map<String, String> values =
        Arrays.stream(new String(raw.body(), UTF_8).split("\n", -1))
            .map(line -> line.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, last) -> last));
    if (values.containsKey("fail")) {
      throw new IllegalStateException("A bug of this dialect.");
    }
    String uuid = values.getOrDefault("uuid", raw.urlUuid() == null ? "" : raw.urlUuid());
    UUID parsed;
    try {
      parsed = UUID.fromString(uuid.replaceFirst("^a_", ""));
    } catch (IllegalArgumentException e) {
      return unusable(Normalization.Fault.NOT_WELL_FORMED, "It names no uuid.", null);
    }
    String org = values.getOrDefault("org", only(caller));
    if (org.isEmpty()) {
      return unusable(Normalization.Fault.UNKNOWN_ORGANIZATION, "It names nobody.", parsed);
    }
    return made(parsed, Integer.parseInt(org), values.getOrDefault("words", ""));
  }

  private static Normalization made(UUID uuid, int org, String words) {
    Cdr cdr =
        new Cdr(
            uuid,
            null,
            SomeCdrs.TODAY,
            TableSuffix.ofEpochSecond(SomeCdrs.TODAY),
            null,
            org,
            null,
            List.of(new Variable("words", words)));
    return new Normalization.Made(
        new Normalized(
            cdr, List.of(SomeCdrs.sgapi()), "<cdr><!--" + uuid + "--></cdr>", hash(uuid + words)),
        List.of(new Repair("some-kind", "line 1", "before", "after \"quoted\" é")),
        null);
  }

  private static Normalization unusable(
      Normalization.Fault fault, String sentence, @Nullable UUID uuid) {
    return new Normalization.Unusable(fault, List.of(new Violation(1, 1, sentence)), uuid, null);
  }

  private static String only(Caller caller) {
    return caller.organizations().size() == 1
        ? caller.organizations().iterator().next().toString()
        : "";
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
