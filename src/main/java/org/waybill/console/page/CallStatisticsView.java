package org.waybill.console.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organization;
import org.waybill.report.CallFigures;
import org.waybill.report.CallGroup;
import org.waybill.report.CallQuestion;

/**
 * Calls by group, each with the address of the list that has exactly these.
 *
 * @param total of all groups; null where the address is wrong, or they are still to be counted
 */
record CallStatisticsView(
    Listing<CallFigures> list,
    CallQuestion question,
    @Nullable CallFigures total,
    List<Organization> organizations) {
  /**
   * The parameter that says that somebody waits until numbers are counted, of which there may be
   * millions.
   */
  static final String NOW = "now";

  /** How people say the words of {@code groupBy=}. */
  static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("hour", "Hour"),
          Map.entry("day", "Day"),
          Map.entry("org", "Organization"),
          Map.entry("direction", "Direction"),
          Map.entry("hangupCause", "Hangup cause"),
          Map.entry("callingNumber", "Calling number"),
          Map.entry("calledNumber", "Called number"),
          Map.entry("operator", "Operator"),
          Map.entry("state", "State"),
          Map.entry("type", "Type"),
          Map.entry("source", "Source"));

  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;

  /** In the order in which one asks. */
  static List<String> groups() {
    return List.of(CallGroup.values()).stream().map(CallGroup::word).toList();
  }

  String groupTitle() {
    return TITLES.getOrDefault(question.by().word(), question.by().word());
  }

  boolean isStillToBeCounted() {
    return total == null && list.wrong().isEmpty();
  }

  boolean isByTime() {
    return question.by() == CallGroup.HOUR || question.by() == CallGroup.DAY;
  }

  /** What the first column says; null where it says a time. */
  @Nullable String label(CallFigures figures) {
    return switch (figures.by()) {
      case HOUR -> null;
      case ORG -> organization(figures.value());
      default -> figures.group() == null ? "none" : figures.group();
    };
  }

  Instant begins(CallFigures figures) {
    return Instant.ofEpochSecond(Long.parseLong(figures.value()));
  }

  private String organization(String id) {
    return organizations.stream()
        .filter(one -> String.valueOf(one.id()).equals(id))
        .map(one -> id + " " + one.name())
        .findFirst()
        .orElse(id);
  }

  /** All calls of a group. */
  String calls(CallFigures figures) {
    return new Query("/cdrs", filter(figures)).first();
  }

  /** Those of them that were answered. */
  String answered(CallFigures figures) {
    Map<String, String> filter = filter(figures);
    filter.put("minBillsec", "1");
    return new Query("/cdrs", filter).first();
  }

  /** All that were asked for. */
  String all() {
    return new Query("/cdrs", asked()).first();
  }

  private Map<String, String> filter(CallFigures figures) {
    Map<String, String> filter = asked();
    switch (figures.by()) {
      case HOUR -> within(begins(figures), HOUR, filter);
      case DAY -> within(begins(figures), DAY, filter);
      case ORG -> filter.put("orgId", figures.value());
      default -> {
        if (figures.value().isEmpty()) {
          filter.put("without", figures.by().word());
        } else {
          filter.put(figures.by().word(), literally(figures));
        }
      }
    }
    return filter;
  }

  /** A star at the end of a number would stand for any. */
  private static String literally(CallFigures figures) {
    String value = figures.value();
    boolean number =
        figures.by() == CallGroup.CALLING_NUMBER || figures.by() == CallGroup.CALLED_NUMBER;
    return number && value.endsWith("*") ? value.substring(0, value.length() - 1) + "\\*" : value;
  }

  private void within(Instant begins, int seconds, Map<String, String> filter) {
    Instant from = question.from();
    Instant to = question.to();
    Instant ends = begins.plusSeconds(seconds);
    filter.put("from", String.valueOf(from == null || from.isBefore(begins) ? begins : from));
    filter.put("to", String.valueOf(to == null || to.isAfter(ends) ? ends : to));
  }

  private Map<String, String> asked() {
    Map<String, String> asked = new LinkedHashMap<>();
    if (question.rmOrgId() != null) {
      asked.put("orgId", question.rmOrgId().toString());
    }
    if (question.from() != null) {
      asked.put("from", question.from().toString());
    }
    if (question.to() != null) {
      asked.put("to", question.to().toString());
    }
    return asked;
  }

  /** Quick ways to ask, by the UTC day. */
  static String since(LocalDate day, String by) {
    return "/statistics?groupBy=" + by + "&from=" + day + "T00:00:00Z";
  }
}
