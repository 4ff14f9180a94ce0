package org.waybill.console.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays XML of ours out for reading: an element a line, indented. It is stored without a line break,
 * and well-formed, so its tags can be told apart by their angle brackets alone; what stands in
 * CDATA or comments is left as it is.
 */
final class XmlLayout {
  private static final Pattern PART =
      Pattern.compile("<!--.*?-->|<!\\[CDATA\\[.*?]]>|<[^>]*>|[^<]+", Pattern.DOTALL);
  private static final String STEP = "  ";

  private XmlLayout() {}

  static String of(String xml) {
    if (xml.indexOf('\n') >= 0) {
      return xml;
    }
    StringBuilder laid = new StringBuilder(xml.length() * 2);
    Matcher part = PART.matcher(xml);
    int depth = 0;
    boolean opened = false;
    boolean text = false;
    while (part.find()) {
      String found = part.group();
      boolean tag = found.charAt(0) == '<' && !found.startsWith("<!");
      boolean closing = found.startsWith("</");
      depth -= closing ? 1 : 0;
      if (tag && !text && !(closing && opened) && laid.length() > 0) {
        laid.append('\n').append(STEP.repeat(Math.max(0, depth)));
      }
      laid.append(found);
      opened = tag && !closing && !found.endsWith("/>") && !found.startsWith("<?");
      depth += opened ? 1 : 0;
      text = !tag;
    }
    return laid.toString();
  }
}
