package org.waybill.collect;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Problem;

/**
 * What a request says of its body.
 *
 * @param header its Content-Type as written
 */
record XmlRequest(String header, ContentType type, boolean gzip) {

  /** That, if the body is XML, plain or gzipped; else null, and the request is answered 415. */
  static @Nullable XmlRequest of(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String header = request.getContentType();
    ContentType type = ContentType.parse(header).filter(ContentType::isXml).orElse(null);
    if (header == null || type == null) {
      response.setHeader("Accept-Post", "application/xml, text/xml");
      unsupported("A CDR is sent as Content-Type application/xml or text/xml.", response);
      return null;
    }
    String encoding = request.getHeader("Content-Encoding");
    String coding = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    if (!coding.equals("identity") && !coding.equals("gzip") && !coding.equals("x-gzip")) {
      response.setHeader("Accept-Encoding", "gzip, identity");
      unsupported("Content-Encoding is gzip, or absent; this is '" + encoding + "'.", response);
      return null;
    }
    return new XmlRequest(header, type, coding.endsWith("gzip"));
  }

  private static void unsupported(String sentence, HttpServletResponse response)
      throws IOException {
    Problem.of(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, sentence).send(response);
  }
}
