package org.waybill.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Role;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.ContentHash;
import org.waybill.cdr.Folding;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.console.CdrResource;
import org.waybill.console.Parameters;
import org.waybill.report.CallGroup;
import org.waybill.report.CallQuestion;
import org.waybill.report.CallStatistics;
import org.waybill.report.CdrFilter;
import org.waybill.report.CdrSearch;
import org.waybill.report.TaskFigures;
import org.waybill.report.TaskGroup;
import org.waybill.report.TaskStatistics;
import org.waybill.testing.TestDatabase;

class StatisticsViewTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Pattern FIGURE =
      Pattern.compile("<a href=\"/cdrs\\??([^\"]*)\">([0-9,]+)</a>");
  private static final Frame FRAME =
      new Frame(
          "Statistics",
          Section.STATISTICS,
          new Caller("ann", Set.of(Role.READER), Set.of()),
          null,
          null,
          "/statistics",
          null);

  private final TestDatabase db = TestDatabase.fresh();
  private final CdrStore store = new CdrStore(Clock.systemUTC());
  private final CdrSearch list = new CdrSearch(db.database(), store);
  private final CallStatistics statistics = new CallStatistics(db.database());

  @Test
  void everyNumberIsWhatTheListBehindItCounts() {
    calls(0);
    new Folding(db.database()).runAll();
    calls(24);
    Instant from = NOON.minusSeconds(50_000);
    Instant to = NOON.minusSeconds(1_234);
    int seen = 0;
    for (CallGroup by : CallGroup.values()) {
      for (CallQuestion question :
          List.of(new CallQuestion(null, null, null, by), new CallQuestion(from, to, 1001, by))) {
        for (Figure figure : figures(question)) {
          assertThat(list.page(figure.filter(), null, 1_000).items())
              .as(question + " " + figure)
              .hasSize(figure.number());
          seen++;
        }
      }
    }
    assertThat(seen).as("groups of two numbers, and a total").isGreaterThan(80);
  }

  @Test
  void asksForThoseThatHaveNone() {
    calls(0);
    CallQuestion question = new CallQuestion(null, null, null, CallGroup.DIRECTION);
    assertThat(page(question)).contains("none").contains("/cdrs?without=direction\"");
  }

  @Test
  void drawsTheTableThatItShows() {
    calls(0);
    String page = page(new CallQuestion(null, null, null, CallGroup.HOUR));
    assertThat(page)
        .contains("<wb-chart kind=\"bars\" for=\"calls\"")
        .contains("<table id=\"calls\">")
        .contains("<tr data-at=\"" + NOON.minusSeconds(3_600).getEpochSecond() + "\"");
  }

  @Test
  void leadsToTasksWhereTheirListCanTellThem() {
    TaskFigures figures = new TaskFigures("Fax", 3, 1, 1, 1, 0);
    assertThat(view(null, TaskGroup.TYPE).tasks(figures, "failed"))
        .isEqualTo("/tasks?orgId=1001&state=failed&type=Fax");
    assertThat(view(LocalDate.of(2026, 11, 1), TaskGroup.TYPE).tasks(figures, null)).isNull();
    assertThat(view(null, TaskGroup.SOURCE).tasks(figures, null)).isNull();
  }

  private static TaskStatisticsView view(@Nullable LocalDate from, TaskGroup by) {
    TaskStatistics.Question question = new TaskStatistics.Question(from, null, 1001, null, by);
    Query query = new Query("/statistics/tasks", Map.of());
    return new TaskStatisticsView(
        new Listing<>(query, List.of(), null, List.of()), question, List.of());
  }

  /** A number of the page, and the filter to which it leads. */
  private record Figure(int number, CdrFilter filter) {}

  private List<Figure> figures(CallQuestion question) {
    List<Figure> figures = new ArrayList<>();
    Matcher link = FIGURE.matcher(page(question));
    while (link.find()) {
      String query = link.group(1).replace("&amp;", "&");
      int number = Integer.parseInt(link.group(2).replace(",", ""));
      figures.add(new Figure(number, filter(query)));
    }
    return figures;
  }

  private static CdrFilter filter(String query) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      json.add(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    Parameters parameters = Parameters.of(json.build());
    CdrFilter filter = CdrResource.filter(parameters);
    parameters.done();
    return filter;
  }

  private String page(CallQuestion question) {
    CallStatistics.Answer answer = statistics.ask(question, null, 1_000);
    Query query = new Query("/statistics", Map.of("groupBy", question.by().word()));
    List<Organization> none = List.of();
    CallStatisticsView view =
        new CallStatisticsView(
            Listing.of(query, answer.groups(), 1_000, last -> ""), question, answer.total(), none);
    return Page.text(
        (output, forms) ->
            JtestatisticsGenerated.render(output, forms, FRAME, view, LocalDate.of(2026, 11, 21)));
  }

  /** Some of every kind, over three days. */
  private void calls(int first) {
    List<NewCdr> calls = new ArrayList<>();
    for (int i = first; i < first + 24; i++) {
      List<Variable> variables = new ArrayList<>();
      variables.add(new Variable("billsec", String.valueOf(i % 3 == 0 ? 0 : i * 10)));
      variables.add(new Variable("caller_id_number", i % 4 == 0 ? "*72*" : "*72" + i % 5));
      if (i % 2 == 0) {
        variables.add(new Variable("call_direction", i % 4 == 0 ? "inbound" : "outbound"));
        variables.add(new Variable("destination_number", i % 8 == 0 ? "1\\*" : "+4930"));
        variables.add(new Variable("operator_name", "Ann & Bob"));
      }
      if (i % 5 != 0) {
        variables.add(new Variable("hangup_cause", i % 5 == 1 ? "USER_BUSY" : "NORMAL_CLEARING"));
      }
      calls.add(
          call(NOON.getEpochSecond() - 3_600 - i * 4_321L * (first + 1) % 200_000, i, variables));
    }
    db.database().transact("store", connection -> store.insert(connection, calls));
  }

  private static NewCdr call(long start, int number, List<Variable> variables) {
    TableSuffix day = TableSuffix.ofEpochSecond(start);
    int organization = 1001 + number % 2;
    Cdr cdr = new Cdr(UUID.randomUUID(), null, start, day, null, organization, null, variables);
    return new NewCdr(cdr, "<cdr/>", new ContentHash(new byte[32]), "some", NOON);
  }
}
