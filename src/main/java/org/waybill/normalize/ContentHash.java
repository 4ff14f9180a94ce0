package org.waybill.normalize;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
  private final ValueDigest digest = new ValueDigest();

  private ContentHash() {}

  static byte[] of(CdrContent content) {
    return new ContentHash().hash(content);
  }

  private byte[] hash(CdrContent content) {
    digest.add(content.uuid().toLowerCase(Locale.ROOT));
    digest.add(content.timeZoneOffset() == null ? null : content.timeZoneOffset().toString());
    digest.add(content.startEpoch());
    digest.add(content.tableSuffix());
    digest.add(content.legUuid());
    digest.add(content.rmOrgId());
    digest.add(content.rmUserId());
    add(content.variables());
    for (TaskContent task : content.tasks()) {
      digest.add(task.type());
      digest.add(task.priority());
      add(task.fields());
    }
    return digest.bytes();
  }

  private void add(List<FreeElement> elements) {
    digest.add(elements.size());
    // A stable sort: repeated names are a list, whose order is part of its value.
    elements.stream().sorted(Comparator.comparing(FreeElement::name)).forEach(this::add);
  }

  private void add(FreeElement element) {
    digest.add(element.name());
    digest.add(element.value());
    digest.add(element.markup());
  }
}
