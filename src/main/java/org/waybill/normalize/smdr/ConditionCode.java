package org.waybill.normalize.smdr;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Avaya's condition codes say of a call (Administrator's Guide, "CDR condition codes"), in the
 * words that the other sources have for ITU-T Q.850. Of those that are not here nothing is said.
 *
 * @param direction null where the code leaves it open
 * @param cause null where the code leaves it open
 * @param answered whether the length of the record is that of a conversation
 */
record ConditionCode(@Nullable String direction, @Nullable String cause, boolean answered) {
  private static final String CLEARED = "NORMAL_CLEARING";

  static final ConditionCode UNKNOWN = new ConditionCode(null, null, true);

  private static final Map<String, ConditionCode> CODES =
      Map.ofEntries(
          // within the switch
          Map.entry("0", new ConditionCode("internal", CLEARED, true)),
          // with an attendant's help
          Map.entry("1", new ConditionCode(null, CLEARED, true)),
          // goes on after ten hours, so it has not ended
          Map.entry("4", UNKNOWN),
          // not recorded for want of resources
          Map.entry("6", UNKNOWN),
          // by automatic alternate or automatic route selection
          Map.entry("7", new ConditionCode("outbound", CLEARED, true)),
          // the same after waiting for a trunk
          Map.entry("8", new ConditionCode("outbound", CLEARED, true)),
          // incoming or tandem
          Map.entry("9", new ConditionCode("inbound", CLEARED, true)),
          Map.entry("A", new ConditionCode("outbound", CLEARED, true)),
          // by an adjunct
          Map.entry("B", new ConditionCode("outbound", CLEARED, true)),
          // a conference: one record for each trunk
          Map.entry("C", new ConditionCode(null, CLEARED, true)),
          // how long it rang until it was answered; the conversation has a record of its own
          Map.entry("G", new ConditionCode("inbound", null, false)),
          // how long it rang until the caller gave up
          Map.entry("H", new ConditionCode("inbound", "ORIGINATOR_CANCEL", false)),
          Map.entry("I", new ConditionCode("inbound", "USER_BUSY", false)),
          // incoming by way of another switch of the network
          Map.entry("J", new ConditionCode("inbound", CLEARED, true)));

  static ConditionCode of(String code) {
    return CODES.getOrDefault(code, UNKNOWN);
  }
}
