package org.waybill.normalize.asterisk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.waybill.cdr.Variable;
import org.waybill.document.Facts.Fact;
import org.waybill.normalize.Repair;
import org.waybill.normalize.Variables;

/** The variables of a record: its columns by their names, and what all CDRs call alike. */
final class CallVariables {
  /** In the words of FreeSWITCH for ITU-T Q.850, which the other sources use. */
  private static final Map<String, String> CAUSES =
      Map.of(
          "ANSWERED", "NORMAL_CLEARING",
          "NO ANSWER", "NO_ANSWER",
          "BUSY", "USER_BUSY",
          "FAILED", "NORMAL_TEMPORARY_FAILURE",
          "CONGESTION", "NORMAL_CIRCUIT_CONGESTION");

  private CallVariables() {}

  /**
   * @param repairs takes those that are made here
   */
  static List<Variable> of(MasterRecord record, List<Repair> repairs) {
    Variables variables = new Variables(repairs);
    for (Fact column : record.facts()) {
      variables.add(column.name(), column.value());
    }
    variables.addIfAbsent("caller_id_number", record.value("src"));
    variables.addIfAbsent("caller_id_name", callerName(record.value("clid")));
    variables.addIfAbsent("destination_number", record.value("dst"));
    variables.addIfAbsent("context", record.value("dcontext"));
    variables.addIfAbsent("hangup_cause", cause(record.value("disposition")));
    return variables.all();
  }

  /** Of {@code "Alice Example" <1001>} what is before the number, without its quotes. */
  private static String callerName(String clid) {
    int number = clid.lastIndexOf('<');
    String name = (number < 0 ? clid : clid.substring(0, number)).strip();
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  /** A disposition that Asterisk does not have today stands for itself. */
  private static String cause(String disposition) {
    String word = disposition.strip().toUpperCase(Locale.ROOT);
    return CAUSES.getOrDefault(word, word.replace(' ', '_'));
  }
}
