package org.waybill.normalize.freeswitch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;
import org.waybill.document.XmlLimits;
import org.waybill.normalize.XmlCharacters;

/**
 * Reads what mod_xml_cdr and mod_format_cdr write as XML. A switch prints the names of channel
 * variables as element names whatever they are, and some write values as they are; no parser of XML
 * reads that. But it writes each variable's end as it wrote its beginning, and no elements inside,
 * so the value is all that stands between the two. Well-formed documents mean here what they mean
 * in XML without namespaces.
 *
 * <p>Each character is looked at a bounded number of times, and elements that nobody asked for cost
 * no memory, however deep they are.
 */
final class XmlForm {
  private final DocumentText text;
  private final XmlCursor cursor;
  private final Gathered gathered;
  private final Repairs repairs;
  private final Deque<XmlPart> open = new ArrayDeque<>();
  private Map<String, String> profile = new LinkedHashMap<>();
  private Map<String, String> times = new LinkedHashMap<>();

  XmlForm(DocumentText text, Repairs repairs) {
    this.text = text;
    this.repairs = repairs;
    cursor = new XmlCursor(text);
    gathered = new Gathered(text, repairs);
  }

  FreeSwitchDocument read() throws UnreadableDocument {
    cursor.passBetweenElements();
    if (cursor.isAt("<!DOCTYPE")) {
      throw text.unreadable(
          cursor.at(), "The document has a DTD, which no switch writes; remove it.");
    }
    StartTag root = cursor.isAt("<") ? StartTag.at(cursor.at(), text) : null;
    if (root == null || !root.name().equals(XmlPart.CDR.word())) {
      String found = root == null ? "" : ", this one with " + Quoted.of(root.name());
      throw text.unreadable(
          cursor.at(), "A FreeSWITCH document begins with the element 'cdr'" + found + ".");
    }
    gathered.sender(attribute(root, "core-uuid"), attribute(root, "switchname"));
    contents(XmlPart.CDR, root);
    afterRoot();
    return gathered.document();
  }

  private @Nullable String attribute(StartTag root, String name) throws UnreadableDocument {
    String written = root.attributes().get(name);
    return written == null ? null : XmlValue.of(written, text, cursor.at(), repairs);
  }

  private void afterRoot() throws UnreadableDocument {
    cursor.passBetweenElements();
    if (cursor.isAt("<cdr")) {
      throw text.unreadable(cursor.at(), "A second document begins here; send one at a time.");
    }
    if (!cursor.isAtEnd()) {
      gathered.repair(cursor.at(), Flaw.STRAY_TEXT, cursor.rest(), "");
    }
  }

  /** A part holds parts two levels deep at most, so this may recurse. */
  private void contents(XmlPart part, StartTag tag) throws UnreadableDocument {
    int begin = cursor.at();
    cursor.moveTo(tag.end());
    if (tag.empty()) {
      return;
    }
    open.push(part);
    strayText(begin, part);
    while (!cursor.passesEndTag(part.word())) {
      if (cursor.isAt("</")) {
        strayEndTag(part);
      } else {
        element(part);
      }
      strayText(begin, part);
    }
    open.pop();
  }

  private void element(XmlPart part) throws UnreadableDocument {
    StartTag tag = StartTag.at(cursor.at(), text);
    if (tag == null) {
      gathered.repair(cursor.at(), Flaw.STRAY_TEXT, "<", "");
      cursor.moveTo(cursor.at() + 1);
      return;
    }
    gathered.count(cursor.at());
    XmlPart inner = part.child(tag.name());
    if (inner == XmlPart.CALLFLOW) {
      callflow(tag);
    } else if (inner != null) {
      contents(inner, tag);
    } else if (part.holdsText(tag.name())) {
      leaf(part, tag);
    } else {
      skip(tag);
    }
  }

  private void callflow(StartTag tag) throws UnreadableDocument {
    profile = new LinkedHashMap<>();
    times = new LinkedHashMap<>();
    contents(XmlPart.CALLFLOW, tag);
    gathered.callflow(profile, times);
  }

  private void leaf(XmlPart part, StartTag tag) throws UnreadableDocument {
    int begin = cursor.at();
    cursor.moveTo(tag.end());
    if (part == XmlPart.VARIABLES) {
      recordName(tag, begin);
    }
    String value = tag.empty() ? "" : value(tag, begin);
    switch (part) {
      case VARIABLES -> gathered.variable(tag.name(), value, begin);
      case CALLER_PROFILE -> profile.putIfAbsent(tag.name(), value);
      case TIMES -> times.putIfAbsent(tag.name(), value.strip());
      default -> gathered.channelData().putIfAbsent(tag.name(), value.strip());
    }
  }

  private String value(StartTag tag, int begin) throws UnreadableDocument {
    int end = cursor.findEndTag(tag.name());
    if (end < 0) {
      throw unclosed(tag.name(), begin);
    }
    String written = cursor.upTo(end);
    cursor.moveTo(end);
    cursor.passesEndTag(tag.name());
    return XmlValue.of(written, text, tag.end(), repairs);
  }

  private void recordName(StartTag tag, int begin) throws UnreadableDocument {
    String written = cursor.from(begin);
    Flaw flaw = tag.flaw(written);
    if (flaw != null) {
      boolean nameable = flaw == Flaw.LEADING_BLANK && XmlCharacters.isName(tag.name());
      String name = XmlValue.escaped(tag.name()).replace("\"", "&quot;");
      gathered.repair(
          begin, flaw, written, nameable ? "<" + name + ">" : "<variable name=\"" + name + "\">");
    }
  }

  /** Passes over an element, which may hold others of its name. */
  private void skip(StartTag tag) throws UnreadableDocument {
    int begin = cursor.at();
    cursor.moveTo(tag.end());
    int depth = tag.empty() ? 0 : 1;
    while (depth > 0) {
      cursor.passText();
      if (cursor.isAtEnd()) {
        throw unclosed(tag.name(), begin);
      }
      if (cursor.passesEndTag(tag.name())) {
        depth--;
      } else {
        depth += opensAnother(tag.name()) ? 1 : 0;
        cursor.moveTo(cursor.at() + 1);
      }
      if (open.size() + depth > XmlLimits.DEPTH) {
        throw text.unreadable(
            cursor.at(), "Elements are nested more than " + XmlLimits.DEPTH + " deep here.");
      }
    }
  }

  private boolean opensAnother(String name) throws UnreadableDocument {
    if (!cursor.isAtStart(name)) {
      return false;
    }
    StartTag tag = StartTag.at(cursor.at(), text);
    return tag != null && tag.name().equals(name) && !tag.empty();
  }

  private void strayEndTag(XmlPart part) throws UnreadableDocument {
    int begin = cursor.at();
    for (XmlPart outer : open) {
      if (cursor.isAtEndTag(outer.word())) {
        throw text.unreadable(
            begin, "'" + outer.word() + "' ends here, before '" + part.word() + "' in it does.");
      }
    }
    cursor.passTag();
    gathered.repair(begin, Flaw.STRAY_END_TAG, cursor.from(begin), "");
  }

  private void strayText(int begin, XmlPart part) throws UnreadableDocument {
    do {
      cursor.passBlanks();
      int from = cursor.at();
      cursor.passText();
      if (cursor.isAtEnd()) {
        throw unclosed(part.word(), begin);
      }
      if (cursor.at() > from) {
        gathered.repair(from, Flaw.STRAY_TEXT, cursor.from(from).strip(), "");
      }
    } while (cursor.passes("<!--", "-->") || (!part.holdsText("") && cursor.passes("<?", "?>")));
  }

  private UnreadableDocument unclosed(String name, int begin) {
    return text.unreadable(
        begin, Quoted.of(name) + " begins here and has no end; the document was perhaps cut off.");
  }
}
