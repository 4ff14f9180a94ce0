package org.waybill.normalize.freeswitch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.normalize.freeswitch.JsonString.Kind;

/** Reads what mod_json_cdr and mod_format_cdr write as JSON. */
final class JsonForm {
  private final DocumentText text;
  private final Gathered gathered;
  private final JsonCursor json;

  JsonForm(DocumentText text, Repairs repairs) {
    this.text = text;
    gathered = new Gathered(text, repairs);
    json = new JsonCursor(text, gathered);
  }

  FreeSwitchDocument read() throws UnreadableDocument {
    json.members(this::root);
    if (json.next() == '{') {
      throw text.unreadable(json.at(), "A second document begins here; send one at a time.");
    }
    if (json.next() != 0) {
      gathered.repair(json.at(), Flaw.STRAY_TEXT, json.rest(), "");
    }
    return gathered.document();
  }

  private void root(String name, int offset) throws UnreadableDocument {
    switch (name) {
      case "core-uuid" -> gathered.sender(json.value(Kind.VALUE), null);
      case "switchname" -> gathered.sender(null, json.value(Kind.VALUE));
      case "channel_data" -> texts(gathered.channelData());
      case "variables" -> json.members(this::variable);
      // An array, but one object in 2015.
      case "callflow" -> json.elements(this::callflow);
      default -> json.skip();
    }
  }

  /** A repeated variable is an array, or the name again. */
  private void variable(String name, int offset) throws UnreadableDocument {
    Kind kind = json.next() == '[' ? Kind.ELEMENT : Kind.VALUE;
    json.elements(
        () -> {
          @Nullable String value = json.value(kind);
          if (value != null) {
            gathered.variable(name, value, offset);
          }
        });
  }

  private void callflow() throws UnreadableDocument {
    if (json.next() != '{') {
      json.skip();
      return;
    }
    Map<String, String> profile = new LinkedHashMap<>();
    Map<String, String> times = new LinkedHashMap<>();
    json.members(
        (name, offset) -> {
          switch (name) {
            case "caller_profile" -> texts(profile);
            case "times" -> texts(times);
            default -> json.skip();
          }
        });
    gathered.callflow(profile, times);
  }

  private void texts(Map<String, String> texts) throws UnreadableDocument {
    json.members(
        (name, offset) -> {
          @Nullable String value = json.value(Kind.VALUE);
          if (value != null) {
            texts.putIfAbsent(name, value);
          }
        });
  }
}
