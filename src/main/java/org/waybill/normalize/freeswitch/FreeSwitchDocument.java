package org.waybill.normalize.freeswitch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.normalize.Repair;

/**
 * What a FreeSWITCH says about one leg of a call, whatever form it said it in.
 *
 * @param coreUuid another one after each restart; null where it names none, as in 2008
 * @param channelData {@code state}, {@code direction} and their like
 * @param variables in the order of the document, repeated ones too
 * @param callflows the newest first, as in the document
 * @param repairs what had to be mended, in the order of the document
 */
record FreeSwitchDocument(
    @Nullable String coreUuid,
    @Nullable String switchname,
    Map<String, String> channelData,
    List<RawVariable> variables,
    List<Callflow> callflows,
    List<Repair> repairs) {
  FreeSwitchDocument {
    channelData = Collections.unmodifiableMap(new LinkedHashMap<>(channelData));
    variables = List.copyOf(variables);
    callflows = List.copyOf(callflows);
    repairs = List.copyOf(repairs);
  }
}
