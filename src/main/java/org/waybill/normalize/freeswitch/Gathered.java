package org.waybill.normalize.freeswitch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.document.XmlLimits;

/** What has been read of a document so far. */
final class Gathered {
  private final DocumentText text;
  private final Repairs repairs;
  private final Places places;
  private final Map<String, String> channelData = new LinkedHashMap<>();
  private final List<RawVariable> variables = new ArrayList<>();
  private final List<Callflow> callflows = new ArrayList<>();
  private @Nullable String coreUuid;
  private @Nullable String switchname;
  private long count;

  Gathered(DocumentText text, Repairs repairs) {
    this.text = text;
    this.repairs = repairs;
    places = text.places();
  }

  void sender(@Nullable String core, @Nullable String name) {
    coreUuid = coreUuid == null ? core : coreUuid;
    switchname = switchname == null ? name : switchname;
  }

  Map<String, String> channelData() {
    return channelData;
  }

  /**
   * @param offset of its beginning in the text
   */
  void variable(String name, String encoded, int offset) {
    Places.Place place = places.at(text.place(offset));
    variables.add(new RawVariable(name, encoded, place.line(), place.column()));
  }

  void callflow(Map<String, String> profile, Map<String, String> times) {
    callflows.add(new Callflow(profile, times));
  }

  /** Each costs memory by itself, however little it holds. */
  void count(int offset) throws UnreadableDocument {
    if (++count > XmlLimits.ELEMENTS) {
      throw text.unreadable(
          offset, "The document has more than " + XmlLimits.ELEMENTS + " elements.");
    }
  }

  void repair(int offset, Flaw flaw, String before, String after) throws UnreadableDocument {
    repairs.add(text.place(offset), flaw, before, after);
  }

  FreeSwitchDocument document() {
    return new FreeSwitchDocument(
        coreUuid, switchname, channelData, variables, callflows, repairs.inOrder(text));
  }
}
