package org.waybill.normalize;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.Variable;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

/** Writes a CDR as a document in the cdr-normalized schema; its texts hold what XML 1.0 allows. */
final class NormalizedXml {
  private static final int USUAL_LENGTH = 16_384;

  private final StringBuilder xml = new StringBuilder(USUAL_LENGTH);

  private NormalizedXml() {}

  static String of(Cdr cdr, List<NewTask> tasks) {
    NormalizedXml document = new NormalizedXml();
    document.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cdr>\n");
    document.writeData(cdr);
    document.xml.append("<tasks>\n");
    tasks.forEach(task -> document.xml.append(task.xml()).append('\n'));
    return document.xml.append("</tasks>\n</cdr>\n").toString();
  }

  /** A task element, well-formed by itself. */
  static String task(String type, Priority priority, List<Field> fields) {
    NormalizedXml task = new NormalizedXml();
    task.xml.append("<task type=\"").append(type).append("\" priority=\"");
    task.xml.append(priority.word()).append("\">");
    fields.forEach(field -> task.write(field.name(), field.value()));
    return task.xml.append("</task>").toString();
  }

  private void writeData(Cdr cdr) {
    xml.append("<data>\n");
    writeLine("uuid", cdr.uuid());
    writeLine("TimeZoneOffset", cdr.timeZoneOffset());
    writeLine("StartEpoch", cdr.startEpoch());
    writeLine("TableSuffix", cdr.tableSuffix());
    writeLine("LegUUID", cdr.legUuid());
    writeLine("rmOrgID", cdr.rmOrgId());
    writeLine("rmUserID", cdr.rmUserId());
    xml.append("<variables>\n");
    for (Variable variable : cdr.variables()) {
      writeLine(variable.name(), variable.value());
    }
    xml.append("</variables>\n</data>\n");
  }

  private void writeLine(String name, @Nullable Object value) {
    if (value != null) {
      write(name, value.toString());
      xml.append('\n');
    }
  }

  private void write(String name, String value) {
    if (XmlOutput.isName(name)) {
      xml.append('<').append(name).append('>');
      XmlOutput.writeText(value, xml);
      xml.append("</").append(name).append('>');
    } else {
      xml.append("<variable name=");
      XmlOutput.writeAttribute(name, xml);
      xml.append('>');
      XmlOutput.writeText(value, xml);
      xml.append("</variable>");
    }
  }
}
