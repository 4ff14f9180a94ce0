package org.waybill.normalize.freeswitch;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A leg of a call as a switch has it in memory, and how switch_ivr_generate_xml_cdr and its brother
 * for JSON write it.
 */
record SwitchLeg(
    String coreUuid, String switchname, List<Variable> variables, List<Callflow> callflows) {
  record Variable(String name, String value) {
    String encoded() {
      return SwitchEncoding.once(value);
    }
  }

  String xml() {
    return """
        <?xml version="1.0"?>
        <cdr core-uuid="%s" switchname="%s">
          <channel_data>
            <state>CS_REPORTING</state>
            <direction>inbound</direction>
            <flags>0=1;38=1</flags>
          </channel_data>
          <call-stats>
            <audio>
              <inbound>
                <quality_percentage>100.00</quality_percentage>
              </inbound>
            </audio>
          </call-stats>
          <variables>
        %s  </variables>
          <app_log>
            <application app_name="bridge" app_data="sofia/gw/1@h.example" app_stamp="1"></application>
          </app_log>
        %s</cdr>
        """
        .formatted(
            SwitchEncoding.xml(coreUuid, true),
            SwitchEncoding.xml(switchname, true),
            variables.stream()
                .map(one -> "    <" + one.name() + ">" + one.encoded() + "</" + one.name() + ">\n")
                .collect(Collectors.joining()),
            callflows.stream().map(SwitchLeg::xml).collect(Collectors.joining()));
  }

  private static String xml(Callflow callflow) {
    return """
          <callflow dialplan="XML" unique-id="u" profile_index="1">
            <extension name="e" number="1">
              <application app_name="set" app_data="a=&quot;b&quot; &gt; &lt;c&gt;"></application>
              <sub_extensions>
                <extension name="f" number="2" dialplan="d"></extension>
              </sub_extensions>
            </extension>
            <caller_profile>
        %s      <originatee>
                <originatee_caller_profile>
                  <uuid>of another leg</uuid>
                </originatee_caller_profile>
              </originatee>
            </caller_profile>
            <times>
        %s    </times>
          </callflow>
        """
        .formatted(xml(callflow.profile()), xml(callflow.times()));
  }

  private static String xml(Map<String, String> texts) {
    StringBuilder xml = new StringBuilder();
    texts.forEach(
        (name, value) -> {
          String text = SwitchEncoding.xml(value, false);
          xml.append("      <" + name + ">" + text + "</" + name + ">\n");
        });
    return xml.toString();
  }

  String json() {
    String named =
        variables.stream()
            .map(one -> SwitchEncoding.json(one.name()) + ":" + SwitchEncoding.json(one.encoded()))
            .collect(Collectors.joining(","));
    return "{\"core-uuid\":"
        + SwitchEncoding.json(coreUuid)
        + ",\"switchname\":"
        + SwitchEncoding.json(switchname)
        + ",\"channel_data\":{\"state\":\"CS_REPORTING\",\"direction\":\"inbound\",\"flags\":\"0=1;38=1\"}"
        + ",\"callStats\":{\"audio\":{\"inbound\":{\"mos\":4.50,\"flaw_total\":0}}}"
        + (",\"variables\":{" + named + "}")
        + ",\"app_log\":{\"applications\":[{\"app_name\":\"a\",\"app_data\":\"b\"}]}"
        + ",\"callflow\":["
        + callflows.stream().map(SwitchLeg::json).collect(Collectors.joining(","))
        + "]}";
  }

  private static String json(Callflow callflow) {
    return "{\"dialplan\":\"XML\",\"caller_profile\":{"
        + json(callflow.profile())
        + ",\"originator\":{\"originator_caller_profiles\":[{\"uuid\":\"of another leg\"}]}},\"times\":{"
        + json(callflow.times())
        + "}}";
  }

  private static String json(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(
            text -> SwitchEncoding.json(text.getKey()) + ":" + SwitchEncoding.json(text.getValue()))
        .collect(Collectors.joining(","));
  }
}
