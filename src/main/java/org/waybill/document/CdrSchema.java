package org.waybill.document;

import com.ctc.wstx.msv.W3CSchemaFactory;
import java.net.URL;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.codehaus.stax2.validation.XMLValidationSchema;
import org.waybill.platform.WaybillException;
import org.xml.sax.SAXException;

/** The published schema, as each of those who use it wants it. */
final class CdrSchema {
  private CdrSchema() {}

  /** For the first, fast reading. */
  static XMLValidationSchema forWoodstox() {
    try {
      return new W3CSchemaFactory().createSchema(url());
    } catch (XMLStreamException e) {
      throw unusable(e);
    }
  }

  /** For the second reading, which tells all that is wrong. */
  static Schema forXerces() {
    try {
      SchemaFactory factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      return factory.newSchema(
          new javax.xml.transform.stream.StreamSource(url().openStream(), url().toString()));
    } catch (SAXException | java.io.IOException e) {
      throw unusable(e);
    }
  }

  static URL url() {
    return Objects.requireNonNull(
        CdrSchema.class.getResource("/xsd/cdr-normalized.xsd"),
        "xsd/cdr-normalized.xsd is missing from the archive");
  }

  static WaybillException unusable(Exception cause) {
    return new WaybillException(
        "WB-DOCUMENT-01 The schema xsd/cdr-normalized.xsd in the archive cannot be used; build the"
            + " archive again.",
        cause);
  }
}
