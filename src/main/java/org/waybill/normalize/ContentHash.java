package org.waybill.normalize;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.document.CdrContent;
import org.waybill.document.FreeElement;
import org.waybill.document.TaskContent;

/**
 * SHA-256 over the values of a document. The order of {@code data}, of variables and fields of
 * different names, formatting, encoding and the case of uuid make no difference; every value does.
 * The order of tasks does too.
 *
 * <p>Stored with each CDR: a change here makes conflicts of documents that are sent again.
 */
final class ContentHash {
  private static final int ABSENT = -1;

  private final MessageDigest digest = sha256();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  private ContentHash() {}

  static byte[] of(CdrContent content) {
    return new ContentHash().hash(content);
  }

  private byte[] hash(CdrContent content) {
    add(content.uuid().toLowerCase(Locale.ROOT));
    add(content.timeZoneOffset() == null ? null : content.timeZoneOffset().toString());
    add(content.startEpoch());
    add(content.tableSuffix());
    add(content.legUuid());
    add(content.rmOrgId());
    add(content.rmUserId());
    add(content.variables());
    for (TaskContent task : content.tasks()) {
      add(task.type());
      add(task.priority());
      add(task.fields());
    }
    return digest.digest();
  }

  private void add(List<FreeElement> elements) {
    add(elements.size());
    // A stable sort: repeated names are a list, whose order is part of its value.
    elements.stream().sorted(Comparator.comparing(FreeElement::name)).forEach(this::add);
  }

  private void add(FreeElement element) {
    add(element.name());
    add(element.value());
    add(element.markup());
  }

  private void add(@Nullable String text) {
    if (text == null) {
      add(ABSENT);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
  }

  private void add(long value) {
    number.putLong(0, value);
    digest.update(number.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
