package org.waybill.normalize.freeswitch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.normalize.Repair;

/** A document as the reader hands it over; variable N stands in line N. */
final class SomeDocument {
  static final String UUID = "8e1f9d70-4c1f-4d61-9a9c-0c3c6d6f1a01";

  /** 2024-01-15 10:00:00 UTC. */
  static final String START = "1705312800";

  private final List<RawVariable> variables = new ArrayList<>();
  private final List<Callflow> callflows = new ArrayList<>();
  private final Map<String, String> channelData = new LinkedHashMap<>();
  private final List<Repair> repairs = new ArrayList<>();
  private @Nullable String coreUuid = "c0e1";
  private @Nullable String switchname = "fs1";

  /** One that becomes a CDR of organization 1001. */
  static SomeDocument good() {
    return new SomeDocument().with("uuid", UUID).with("start_epoch", START).with("rmOrgID", "1001");
  }

  SomeDocument with(String name, String encoded) {
    variables.add(new RawVariable(name, encoded, variables.size() + 1, 5));
    return this;
  }

  SomeDocument without(String name) {
    variables.removeIf(variable -> variable.name().equals(name));
    return this;
  }

  SomeDocument but(String name, String encoded) {
    return without(name).with(name, encoded);
  }

  /** An older one than those before. */
  SomeDocument callflow(Map<String, String> profile, Map<String, String> times) {
    callflows.add(new Callflow(profile, times));
    return this;
  }

  SomeDocument channel(String name, String value) {
    channelData.put(name, value);
    return this;
  }

  SomeDocument from(@Nullable String switchname, @Nullable String coreUuid) {
    this.switchname = switchname;
    this.coreUuid = coreUuid;
    return this;
  }

  SomeDocument repaired(Repair repair) {
    repairs.add(repair);
    return this;
  }

  FreeSwitchDocument document() {
    return new FreeSwitchDocument(coreUuid, switchname, channelData, variables, callflows, repairs);
  }
}
