package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.waybill.access.Audit;
import org.waybill.cdr.Cdr;
import org.waybill.platform.Database;
import org.waybill.platform.Snapshot;

/**
 * Owner of {@code task_rules}: which CDRs get tasks that their documents do not declare. Every CDR
 * asks for them, so they are served from memory, at most a second old.
 */
@ApplicationScoped
public class TaskRules {
  private static final Duration MAX_AGE = Duration.ofMillis(900);

  private final Database database;
  private final Gateways gateways;
  private final Clock clock;
  private final Snapshot<Book> snapshot;

  @Inject
  public TaskRules(Database database, Gateways gateways, Clock clock) {
    this.database = database;
    this.gateways = gateways;
    this.clock = clock;
    this.snapshot = new Snapshot<>("task rules", clock, MAX_AGE, this::load);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected TaskRules() {
    this.database = null;
    this.gateways = null;
    this.clock = null;
    this.snapshot = null;
  }

  /**
   * All of them, and those in use as CDRs ask for them.
   *
   * @param general those of every organization
   */
  private record Book(
      List<TaskRule> all, List<TaskRule> general, Map<Integer, List<TaskRule>> byOrganization) {

    static Book of(List<TaskRule> all) {
      List<TaskRule> general = new ArrayList<>();
      Map<Integer, List<TaskRule>> byOrganization = new HashMap<>();
      for (TaskRule one : all) {
        Integer rmOrgId = one.rule().rmOrgId();
        if (one.rule().active()) {
          (rmOrgId == null
                  ? general
                  : byOrganization.computeIfAbsent(rmOrgId, id -> new ArrayList<>()))
              .add(one);
        }
      }
      return new Book(all, general, byOrganization);
    }
  }

  /**
   * Those in use that apply to a CDR: general ones first, then its organization's. Of those for
   * reports, one for each consumer.
   *
   * @param source the kind of sender that it comes from
   */
  public List<TaskRule> of(Cdr cdr, String source) {
    Book book = snapshot.get();
    List<TaskRule> own = book.byOrganization().getOrDefault(cdr.rmOrgId(), List.of());
    if (book.general().isEmpty() && own.isEmpty()) {
      return List.of();
    }
    List<TaskRule> matching = new ArrayList<>();
    for (List<TaskRule> some : List.of(book.general(), own)) {
      some.stream().filter(one -> one.rule().matches(cdr, source)).forEach(matching::add);
    }
    return Reporting.addressed(matching, cdr.rmOrgId(), gateways);
  }

  public List<TaskRule> all() {
    return snapshot.get().all();
  }

  public Optional<TaskRule> find(int id) {
    return all().stream().filter(one -> one.id() == id).findFirst();
  }

  /**
   * Enters the consumer of the settings, with a rule that reports every CDR to it, at the first
   * start that has one; from then on both are the operators'.
   */
  public void seedConsumer(URI url) {
    database.transact("seed consumer of reports", c -> Reporting.seed(c, url, clock.instant()));
    snapshot.drop();
  }

  /**
   * @param line the audit line, about the rule as it is then
   */
  public TaskRule add(NewTaskRule rule, Function<TaskRule, Audit.Entry> line) {
    return changed(
            "add task rule", connection -> Optional.of(TaskRuleRows.insert(connection, rule)), line)
        .orElseThrow();
  }

  /** Replaces all of it; empty when there is none. CDRs that are stored keep their tasks. */
  public Optional<TaskRule> update(int id, NewTaskRule rule, Function<TaskRule, Audit.Entry> line) {
    return changed(
        "update task rule", connection -> TaskRuleRows.update(connection, id, rule), line);
  }

  /**
   * Removes it, and says what it was; empty when there is none.
   *
   * @param line the audit line, about the rule as it was
   */
  public Optional<TaskRule> remove(int id, Function<TaskRule, Audit.Entry> line) {
    return changed("remove task rule", connection -> TaskRuleRows.delete(connection, id), line);
  }

  /** The change and its audit line are there together or not at all. */
  private Optional<TaskRule> changed(
      String stage,
      Database.Work<Optional<TaskRule>> change,
      Function<TaskRule, Audit.Entry> line) {
    try {
      return database.transact(
          stage,
          connection -> {
            Optional<TaskRule> rule = change.run(connection);
            if (rule.isPresent()) {
              Audit.record(connection, line.apply(rule.get()));
            }
            return rule;
          });
    } finally {
      snapshot.drop();
    }
  }

  private Book load() {
    return Book.of(database.read("read task rules", TaskRuleRows::all));
  }
}
