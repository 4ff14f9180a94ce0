package org.waybill.normalize.freeswitch;

import java.util.Comparator;
import java.util.List;
import org.waybill.document.Facts.Fact;
import org.waybill.normalize.ValueDigest;

/**
 * SHA-256 of what a document says, not of what we make of it: a change of mapping, of time zones or
 * of rules makes no conflict of a document that is sent again, nor does the form that it comes in.
 */
final class DocumentHash {
  /** Another number when other values are added, so that the old ones can be told. */
  private static final String VERSION = "freeswitch 1";

  private DocumentHash() {}

  static byte[] of(FreeSwitchDocument document, ChannelVariables variables) {
    ValueDigest digest = new ValueDigest();
    digest.add(VERSION);
    digest.add(document.coreUuid());
    digest.add(document.switchname());
    digest.add(document.channelData());
    add(variables.all(), digest);
    digest.add(document.callflows().size());
    for (Callflow callflow : document.callflows()) {
      digest.add(callflow.profile());
      digest.add(callflow.times());
    }
    return digest.bytes();
  }

  /** Without the empty ones, which only XML has. The order of repeated ones counts. */
  private static void add(List<Fact> variables, ValueDigest digest) {
    List<Fact> telling =
        variables.stream()
            .filter(variable -> !variable.value().isEmpty())
            .sorted(Comparator.comparing(Fact::name))
            .toList();
    digest.add(telling.size());
    for (Fact variable : telling) {
      digest.add(variable.name());
      digest.add(variable.value());
    }
  }
}
