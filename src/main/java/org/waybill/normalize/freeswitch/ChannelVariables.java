package org.waybill.normalize.freeswitch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waybill.document.Facts.Fact;
import org.waybill.normalize.LenientUtf8;
import org.waybill.normalize.Repair;

/**
 * The variables of a document in plain text, and where each stands.
 *
 * @param all in the document's order
 * @param repairs of those whose bytes are not UTF-8
 */
record ChannelVariables(List<Fact> all, List<Repair> repairs) {
  ChannelVariables {
    all = List.copyOf(all);
    repairs = List.copyOf(repairs);
  }

  static ChannelVariables of(FreeSwitchDocument document) {
    List<Fact> all = new ArrayList<>();
    List<Repair> repairs = new ArrayList<>();
    for (RawVariable variable : document.variables()) {
      LenientUtf8 value = Percent.decode(variable.encoded());
      if (value.mended()) {
        repairs.add(new Repair("bad-encoding", variable.name(), variable.encoded(), value.text()));
      }
      all.add(new Fact(variable.name(), value.text(), variable.line(), variable.column()));
    }
    return new ChannelVariables(all, repairs);
  }

  /** Of a repeated one the first that says something. */
  Optional<Fact> first(String name) {
    return all(name).stream().filter(fact -> !fact.value().isBlank()).findFirst();
  }

  List<Fact> all(String name) {
    return all.stream().filter(fact -> fact.name().equals(name)).toList();
  }
}
