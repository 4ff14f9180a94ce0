package org.waybill.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.Location;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Facts.Fact;
import org.waybill.document.Facts.TaskFacts;
import org.waybill.document.Reading.Hints;

/** Gathers what the rules look at, and what a rejected document can be found by. */
final class FactFinder {
  private final Map<String, Fact> values = new HashMap<>();
  private final List<Fact> variables = new ArrayList<>();
  private final List<TaskFacts> tasks = new ArrayList<>();
  private @Nullable Field field;

  /** A variable or a field of a task that steers dispatch, while it is read. */
  private record Field(String name, Location place, StringBuilder text) {}

  Facts facts() {
    return new Facts(values.get("StartEpoch"), values.get("TableSuffix"), variables, tasks);
  }

  Hints hints() {
    Fact uuid = values.get("uuid");
    Fact organization = values.get("rmOrgID");
    return new Hints(
        uuid == null ? null : UUID.fromString(uuid.value()),
        organization == null ? null : Integer.valueOf(organization.value().strip()));
  }

  void task(@Nullable String type, Location place) {
    tasks.add(new TaskFacts(fact("type", type == null ? "" : type, place), new ArrayList<>()));
  }

  void value(OpenElement element) {
    if (!element.isRefused()) {
      values.put(element.name(), fact(element.name(), element.text(), element.place()));
    }
  }

  void beginField(String name, Location place) {
    field = DispatchFields.steers(name) ? new Field(name, place, new StringBuilder()) : null;
  }

  void text(String text) {
    if (field != null) {
      field.text().append(text);
    }
  }

  void endField(OpenElement parent) {
    if (field != null) {
      List<Fact> facts =
          parent.name().equals("variables") ? variables : tasks.get(tasks.size() - 1).fields();
      facts.add(fact(field.name(), field.text().toString(), field.place()));
      field = null;
    }
  }

  private static Fact fact(String name, String value, Location place) {
    return new Fact(name, value, place.getLineNumber(), place.getColumnNumber());
  }
}
