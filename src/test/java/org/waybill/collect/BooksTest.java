package org.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.Folding;
import org.waybill.cdr.RawCdr;
import org.waybill.cdr.RemadeCdr;
import org.waybill.cdr.Remakes;
import org.waybill.document.Violation;
import org.waybill.ledger.Account;
import org.waybill.ledger.Page;
import org.waybill.platform.Database;
import org.waybill.report.CallAudit;
import org.waybill.report.CallFigures;
import org.waybill.report.CallGroup;
import org.waybill.report.CallPlace;
import org.waybill.report.CallQuestion;
import org.waybill.report.CallStatistics;
import org.waybill.report.CdrCursor;
import org.waybill.report.CdrFilter;
import org.waybill.report.CdrLine;
import org.waybill.report.CdrSearch;
import org.waybill.report.Found;
import org.waybill.report.LedgerLine;
import org.waybill.report.LedgerReport;
import org.waybill.report.TaskFigures;
import org.waybill.report.TaskGroup;
import org.waybill.report.TaskStatistics;
import org.waybill.task.Gateways;
import org.waybill.task.TaskStore;
import org.waybill.task.Tasks;
import org.waybill.task.WorkBell;
import org.waybill.testing.TestDatabase;

/**
 * Whatever comes in, is repeated, refused, amended and folded in whatever order: statistics are
 * what the list counts, and the books are what was done.
 */
class BooksTest {
  private static final Clock CLOCK = Clock.fixed(SomeCdrs.NOW, ZoneOffset.UTC);
  private static final Caller SWITCH = new Caller("key:pbx", Set.of(Role.SWITCH), Set.of());
  private static final Set<String> EFFECTIVE = Set.of("NORMAL_CLEARING", "USER_BUSY", "busy");
  private static final Map<String, String> DONE =
      Map.of("pending", "n", "done", "y", "failed", "error", "cancelled", "cancelled");
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 20);

  private final TestDatabase db = TestDatabase.fresh();
  private final Database database = db.database();
  private final TaskStore taskStore = new TaskStore(new Gateways(database, CLOCK));
  private final Tasks tasks =
      new Tasks(database, new Gateways(database, CLOCK), new WorkBell(), CLOCK);
  private final RejectedDocuments rejected = new RejectedDocuments(database, CLOCK);
  private final Folding folding = new Folding(database);
  private final CdrSearch list = new CdrSearch(database, new CdrStore(CLOCK));
  private final CallStatistics statistics = new CallStatistics(database);
  private final LedgerReport ledger = new LedgerReport(database);
  private final List<GroupCommit> nodes = List.of(node(), node());
  private final List<SomeCall> stored = new ArrayList<>();
  private final Map<Page, Map<Account, Long>> counts = new HashMap<>();
  private int documents;

  @AfterEach
  void stop() {
    nodes.forEach(GroupCommit::stop);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsToldIsWhatTheListCounts(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      for (int step = 0; step < 12; step++) {
        act(random);
      }
      compareCalls(random);
      compareBooks();
    }
    folding.runAll();
    compareCalls(random);
    compareBooks();
    assertThat(db.one("SELECT COUNT(*) FROM cdr_ranges")).isEqualTo("0");
    assertThat(db.one("SELECT COUNT(*) FROM ledger_entries")).isEqualTo("0");
  }

  private void act(Random random) {
    switch (random.nextInt(8)) {
      case 0, 1 -> store(random, 1 + random.nextInt(5));
      case 2 -> store(random, 70);
      case 3 -> repeat(random);
      case 4 -> reject(random);
      case 5 -> amend(random);
      case 6 -> steer(random);
      default -> folding.run();
    }
  }

  private void store(Random random, int calls) {
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      SomeCall call = SomeCall.any(random);
      stored.add(call);
      answers.add(
          nodes
              .get(i % 2)
              .submit(call.fresh(), i % 3 == 0 ? List.of() : List.of(SomeCdrs.sgapi())));
      count(call.page(), Account.RECEIVED, 1);
      count(call.page(), Account.STORED, 1);
      count(call.page(), Account.TASK, i % 3 == 0 ? 0 : 1);
    }
    answers.forEach(answer -> assertThat(answer.join()).isInstanceOf(Outcome.Stored.class));
  }

  /** A repeat is counted; a conflict is nothing until it is kept as a rejected document. */
  private void repeat(Random random) {
    if (!stored.isEmpty()) {
      SomeCall call = stored.get(random.nextInt(stored.size()));
      assertThat(nodes.get(0).submit(call.fresh(), List.of()).join())
          .isInstanceOf(Outcome.Duplicate.class);
      assertThat(nodes.get(1).submit(call.fresh("other words"), List.of()).join())
          .isInstanceOf(Outcome.Conflict.class);
      count(call.page(), Account.RECEIVED, 1);
      count(call.page(), Account.DUPLICATE, 1);
    }
  }

  private void reject(Random random) {
    boolean again = documents > 0 && random.nextBoolean();
    String body = "document " + (again ? random.nextInt(documents) : documents++);
    Integer organization = random.nextBoolean() ? null : Integer.valueOf(1001);
    Instant at = Instant.parse("2026-11-20T23:00:00Z").plusSeconds(7_200L * random.nextInt(2));
    long id = rejected.keep(arrived(body, at), rejection(organization));
    Page page = Page.of(at, "freeswitch", organization);
    count(page, Account.RECEIVED, 1);
    count(page, again ? Account.REPEATED : Account.REJECTED, 1);
    if (!again) {
      decide(random, id, page);
    }
  }

  /** What an operator does about one is no receipt, but it may turn out to be another's. */
  private void decide(Random random, long id, Page page) {
    Audit.Entry why = new Audit.Entry("anna", "rejected.discard", "document " + id, "x", null);
    if (random.nextBoolean()) {
      rejected.explain(id, rejection(1002), why);
      Page now = new Page(page.day(), page.source(), 1002);
      for (Account account : List.of(Account.RECEIVED, Account.REJECTED)) {
        count(page, account, -1);
        count(now, account, 1);
      }
    }
    if (random.nextBoolean()) {
      rejected.decide(id, RejectedState.DISCARDED, why);
    }
  }

  private static Arrived arrived(String body, Instant at) {
    return new Arrived(
        body.getBytes(StandardCharsets.UTF_8), "text/plain", null, "freeswitch", SWITCH, at);
  }

  private static Rejection rejection(@Nullable Integer organization) {
    return new Rejection(
        RejectionReason.INVALID, List.of(new Violation(1, 1, "It is bad.")), null, organization);
  }

  private void amend(Random random) {
    if (stored.isEmpty()) {
      return;
    }
    int index = random.nextInt(stored.size());
    SomeCall now = stored.get(index).amended(random);
    long id = list.find(now.uuid()).orElseThrow().id();
    boolean done =
        database.transact(
            "amend",
            connection -> {
              RawCdr before = Remakes.read(connection, List.of(id)).get(0);
              return Remakes.store(
                  connection, before, new RemadeCdr(now.cdr(), now.xml(), 2, "[]", null));
            });
    assertThat(done).isTrue();
    stored.set(index, now);
  }

  private void steer(Random random) {
    String some = db.one("SELECT id FROM tasks ORDER BY CRC32(id + " + random.nextInt() + ")");
    if (!some.equals("no row")) {
      long id = Long.parseLong(some);
      tasks.cancel(id, changed -> new Audit.Entry("anna", "task.cancel", "task", null, null));
      if (random.nextBoolean()) {
        tasks.rerun(
            id, false, changed -> new Audit.Entry("anna", "task.rerun", "task", null, null));
      }
    }
  }

  private void compareCalls(Random random) {
    List<@Nullable Instant> times = new ArrayList<>();
    times.add(null);
    for (int i = 0; i < 2; i++) {
      times.add(
          Instant.parse("2026-10-24T00:00:00Z").plusMillis(random.nextInt(30 * 86_400) * 1_000L));
    }
    times.add(Instant.parse("2026-11-01T00:00:00Z"));
    for (CallGroup by : CallGroup.values()) {
      Instant from = times.get(random.nextInt(times.size()));
      Instant to = times.get(random.nextInt(times.size()));
      Integer organization = random.nextBoolean() ? null : Integer.valueOf(1001);
      compare(new CallQuestion(from, to, organization, by));
    }
    for (LocalDate day : List.of(FIRST, FIRST.minusDays(20), FIRST.minusDays(19))) {
      assertThat(new CallAudit(database).differences(day)).isEmpty();
    }
  }

  private void compare(CallQuestion question) {
    Map<String, List<SomeCall>> groups = new TreeMap<>();
    Map<String, SomeCall> byUuid =
        stored.stream().collect(Collectors.toMap(call -> call.uuid().toString(), call -> call));
    for (CdrLine line : listed(question)) {
      SomeCall call = Objects.requireNonNull(byUuid.get(line.uuid().toString()));
      assertThat(line.startEpoch()).isEqualTo(call.start());
      groups.computeIfAbsent(call.group(question.by()), key -> new ArrayList<>()).add(call);
    }
    List<CallFigures> told = pages(question);
    assertThat(told).as(question.toString()).hasSameSizeAs(groups.keySet());
    for (CallFigures figures : told) {
      List<SomeCall> calls = Objects.requireNonNull(groups.get(figures.value()));
      assertThat(figures).as(question.toString()).isEqualTo(counted(figures, calls));
      compareWithItsOwnList(question, figures);
    }
  }

  /** The list has a filter for each group but those of time, for which it has from and to. */
  private void compareWithItsOwnList(CallQuestion question, CallFigures figures) {
    if (figures.by() != CallGroup.HOUR && figures.by() != CallGroup.DAY) {
      assertThat(listed(filter(question, figures, null)))
          .as(question + " of " + figures)
          .hasSize((int) figures.calls());
      assertThat(listed(filter(question, figures, 1)))
          .as(question + " of " + figures)
          .hasSize((int) figures.answered());
    }
  }

  private static CdrFilter filter(
      CallQuestion question, CallFigures figures, @Nullable Integer minBillsec) {
    Function<CallGroup, @Nullable String> only =
        group -> figures.by() == group ? figures.value() : null;
    String organization = only.apply(CallGroup.ORG);
    return new CdrFilter(
        organization == null ? question.rmOrgId() : Integer.valueOf(organization),
        null,
        question.from(),
        question.to(),
        only.apply(CallGroup.CALLING_NUMBER),
        only.apply(CallGroup.CALLED_NUMBER),
        only.apply(CallGroup.DIRECTION),
        only.apply(CallGroup.HANGUP_CAUSE),
        minBillsec,
        null,
        only.apply(CallGroup.OPERATOR),
        null);
  }

  private List<CdrLine> listed(CallQuestion question) {
    return listed(
        new CdrFilter(
            question.rmOrgId(),
            null,
            question.from(),
            question.to(),
            null,
            null,
            null,
            null,
            null));
  }

  private List<CdrLine> listed(CdrFilter filter) {
    List<CdrLine> all = new ArrayList<>();
    CdrCursor after = null;
    do {
      Found<CdrLine> page = list.page(filter, after, 50);
      all.addAll(page.items());
      after = page.next() == null ? null : CdrCursor.parse(page.next());
    } while (after != null);
    return all;
  }

  private List<CallFigures> pages(CallQuestion question) {
    List<CallFigures> all = new ArrayList<>();
    CallStatistics.Answer page = statistics.ask(question, null, 3);
    CallFigures total = page.total();
    while (!page.groups().isEmpty()) {
      all.addAll(page.groups());
      CallFigures last = page.groups().get(page.groups().size() - 1);
      page = statistics.ask(question, new CallPlace(last.calls(), last.value()), 3);
    }
    assertThat(all.stream().mapToLong(CallFigures::calls).sum()).isEqualTo(total.calls());
    assertThat(all.stream().mapToLong(CallFigures::seconds).sum()).isEqualTo(total.seconds());
    return all;
  }

  private static CallFigures counted(CallFigures figures, List<SomeCall> calls) {
    return new CallFigures(
        figures.by(),
        figures.value(),
        calls.size(),
        calls.stream().filter(call -> call.seconds() > 0).count(),
        calls.stream().mapToLong(SomeCall::seconds).sum(),
        calls.stream()
            .filter(call -> call.seconds() > 0 || EFFECTIVE.contains("" + call.cause()))
            .count());
  }

  private void compareBooks() {
    Set<Page> seen = new HashSet<>();
    for (LedgerLine line : ledger.read(FIRST, FIRST.plusDays(2), true)) {
      seen.add(line.page());
      Map<Account, Long> own = counts.getOrDefault(line.page(), Map.of());
      for (Account account :
          List.of(
              Account.RECEIVED,
              Account.STORED,
              Account.DUPLICATE,
              Account.REJECTED,
              Account.REPEATED,
              Account.TASK)) {
        assertThat(line.count(account))
            .as(account + " of " + line.page())
            .isEqualTo(own.getOrDefault(account, 0L));
      }
      assertThat(line.seconds(Account.STORED)).isEqualTo(seconds(line.page()));
      assertThat(line.isBalanced()).as(line.toString()).isTrue();
    }
    assertThat(seen).containsAll(counts.keySet());
    compareTasks();
  }

  private long seconds(Page page) {
    return stored.stream()
        .filter(call -> call.page().equals(page))
        .mapToLong(SomeCall::seconds)
        .sum();
  }

  private void compareTasks() {
    List<TaskFigures> told =
        new TaskStatistics(database)
            .ask(new TaskStatistics.Question(null, null, 1001, null, TaskGroup.STATE));
    for (TaskFigures figures : told) {
      String sql = "SELECT COUNT(*) FROM tasks WHERE rmOrgID = 1001 AND done = '%s'";
      assertThat(db.one(sql.formatted(DONE.get(figures.group()))))
          .isEqualTo(String.valueOf(figures.tasks()));
    }
  }

  private void count(Page page, Account account, long more) {
    counts.computeIfAbsent(page, key -> new HashMap<>()).merge(account, more, Long::sum);
  }

  private GroupCommit node() {
    GroupCommit node =
        new GroupCommit(
            database,
            new CdrTransaction(new CdrStore(CLOCK), taskStore),
            new WorkBell(),
            new GroupCommitLimits(2, 500, 8L << 20, 1_000, 64L << 20),
            new PrometheusRegistry());
    node.start();
    return node;
  }
}
