package org.waybill.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus asks for, as far as names and labels go.
 *
 * @param labels those that it groups or joins by
 */
record PromQuery(List<Selector> selectors, Set<String> labels) {
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.\"$])([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*}|\\()?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

  /**
   * One metric.
   *
   * @param matchers the wanted values of labels as regular expressions; {@code .*} where any will
   *     do
   */
  record Selector(String metric, Map<String, String> matchers) {}

  static PromQuery of(String expression) {
    Set<String> labels = new TreeSet<>();
    Matcher grouping = GROUPING.matcher(RANGE.matcher(expression).replaceAll(""));
    StringBuilder rest = new StringBuilder();
    while (grouping.find()) {
      for (String label : grouping.group(2).split(",", -1)) {
        labels.add(label.strip());
      }
      grouping.appendReplacement(rest, "");
    }
    grouping.appendTail(rest);
    List<Selector> selectors = new ArrayList<>();
    Matcher name = NAME.matcher(rest);
    while (name.find()) {
      String braces = name.group(2) == null ? "" : name.group(2);
      if (!braces.equals("(") && !OPERATORS.contains(name.group(1))) {
        selectors.add(new Selector(name.group(1), matchers(braces)));
      }
    }
    return new PromQuery(selectors, labels);
  }

  private static Map<String, String> matchers(String braces) {
    Map<String, String> matchers = new TreeMap<>();
    Matcher matcher = MATCHER.matcher(braces);
    while (matcher.find()) {
      String wanted = matcher.group(3);
      boolean any = matcher.group(2).startsWith("!") || wanted.contains("$");
      matchers.put(
          matcher.group(1),
          any ? ".*" : matcher.group(2).equals("=") ? Pattern.quote(wanted) : wanted);
    }
    return matchers;
  }
}
