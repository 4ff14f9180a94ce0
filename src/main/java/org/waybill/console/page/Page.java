package org.waybill.console.page;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers that are pages. */
final class Page {
  static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

  /** Nothing from elsewhere, and nothing inline, be it ours or injected. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private Page() {}

  /** A template with its values: a call of the class that it was compiled to. */
  @FunctionalInterface
  interface Template {
    void render(HtmlTemplateOutput output, HtmlInterceptor interceptor);
  }

  /** Templates can be told of forms; ours say themselves what they need. */
  private static final HtmlInterceptor NO_INTERCEPTOR =
      new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(
            String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
      };

  static String text(Template template) {
    StringOutput text = new StringOutput();
    template.render(new OwaspHtmlTemplateOutput(text), NO_INTERCEPTOR);
    return text.toString();
  }

  static Response of(Frame frame, Template template) {
    return of(200, frame, template);
  }

  static Response of(int status, Frame frame, Template template) {
    Response.ResponseBuilder answer =
        Response.status(status)
            .entity(text(template).getBytes(StandardCharsets.UTF_8))
            .type(HTML)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header("Content-Security-Policy", POLICY)
            .header("X-Content-Type-Options", "nosniff")
            .header("Referrer-Policy", "same-origin");
    return frame.notice() == null ? answer.build() : answer.cookie(Notice.forgotten()).build();
  }

  /** To another page, by GET, with a word on what was done. */
  static Response to(String path, Notice notice) {
    return Response.seeOther(URI.create(path)).cookie(notice.cookie()).build();
  }
}
