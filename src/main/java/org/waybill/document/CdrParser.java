package org.waybill.document;

import com.ctc.wstx.stax.WstxInputFactory;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.validation.XMLValidationSchema;
import org.waybill.document.schema.CdrData;
import org.waybill.document.schema.CdrDocument;
import org.waybill.document.schema.CdrTask;

/** The first reading: parses, validates and binds in one pass, and gives up at the first doubt. */
final class CdrParser {
  private final WstxInputFactory xml = XmlLimits.factory(XmlLimits.DEPTH);
  private final XMLValidationSchema schema = CdrSchema.forWoodstox();
  private final JAXBContext jaxb;

  CdrParser() {
    try {
      jaxb = JAXBContext.newInstance(CdrDocument.class);
    } catch (JAXBException e) {
      throw CdrSchema.unusable(e);
    }
  }

  CdrContent parse(XmlText text) throws XMLStreamException, JAXBException {
    XMLStreamReader2 woodstox =
        (XMLStreamReader2) xml.createXMLStreamReader(new StringReader(text.characters()));
    try {
      woodstox.validateAgainst(schema);
      GuardedReader reader = new GuardedReader(woodstox);
      toTheRoot(reader);
      FreeContentReader free = new FreeContentReader(reader, text);
      CdrDocument document = unmarshaller().unmarshal(free, CdrDocument.class).getValue();
      toTheEnd(reader);
      return content(document, free, text);
    } finally {
      woodstox.closeCompletely();
    }
  }

  /** A new one each time costs 3 % and needs no pool. */
  private Unmarshaller unmarshaller() throws JAXBException {
    Unmarshaller unmarshaller = jaxb.createUnmarshaller();
    unmarshaller.setEventHandler(event -> false);
    return unmarshaller;
  }

  private static void toTheRoot(XMLStreamReader2 reader) throws XMLStreamException {
    while (!reader.isStartElement()) {
      reader.next();
    }
  }

  /** JAXB stops behind the root, but what follows must be XML too. */
  private static void toTheEnd(XMLStreamReader2 reader) throws XMLStreamException {
    while (reader.hasNext()) {
      reader.next();
    }
  }

  private static CdrContent content(CdrDocument document, FreeContentReader free, XmlText text) {
    CdrData data = document.getData();
    return new CdrContent(
        data.getUuid(),
        data.getTimeZoneOffset(),
        data.getStartEpoch(),
        data.getTableSuffix(),
        data.getLegUUID(),
        data.getRmOrgID(),
        data.getRmUserID(),
        free.variables(),
        tasks(document, free),
        text.xml());
  }

  private static List<TaskContent> tasks(CdrDocument document, FreeContentReader free) {
    if (document.getTasks() == null) {
      return List.of();
    }
    List<TaskContent> tasks = new ArrayList<>();
    for (CdrTask task : document.getTasks().getTask()) {
      int i = tasks.size();
      String priority = task.getPriority() == null ? null : task.getPriority().value();
      tasks.add(
          new TaskContent(
              task.getType(), priority, free.taskFields().get(i), free.taskXml().get(i)));
    }
    return tasks;
  }
}
