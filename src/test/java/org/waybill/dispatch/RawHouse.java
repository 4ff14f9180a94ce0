package org.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.amend.Remaker;
import org.waybill.amend.Renormalization;
import org.waybill.amend.RenormalizationDryRun;
import org.waybill.amend.Rewriting;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.ContentHash;
import org.waybill.cdr.KeptXml;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.NewRaw;
import org.waybill.cdr.PackedBytes;
import org.waybill.cdr.TableSuffix;
import org.waybill.collect.RawReading;
import org.waybill.collect.Rereading;
import org.waybill.gateway.Couriers;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.Dialects;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.freeswitch.FreeSwitchDialect;
import org.waybill.operation.Inline;
import org.waybill.task.Amendments;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.NewTaskRow;
import org.waybill.task.NewTaskRule;
import org.waybill.task.StoredTask;
import org.waybill.task.TaskRule;
import org.waybill.task.TaskRules;
import org.waybill.task.TaskStore;
import org.waybill.testing.AuditLines;
import org.waybill.testing.TestEntities;

/** A house in which CDRs of a switch are stored, whose mapping a test changes. */
final class RawHouse implements AutoCloseable {
  static final Caller ANYBODYS = new Caller("switch-1", Set.of(Role.SWITCH), Set.of());

  final House house = new House();
  final Organizations organizations = new Organizations(new TestEntities(house.db), house.clock);
  final TaskRules rules = new TaskRules(house.database, house.gateways, house.clock);
  final NextVersion dialect = new NextVersion();
  final Renormalization renormalization;
  final Inline inline;

  private final TaskStore taskStore = new TaskStore(house.gateways);

  /** What FreeSWITCH sends, with something that its next version reads otherwise. */
  final class NextVersion implements Dialect {
    private final Dialect present = new FreeSwitchDialect(organizations, house.clock);
    private int mapping = 1;
    private UnaryOperator<String> change = text -> text;

    void change(UnaryOperator<String> otherwise) {
      mapping++;
      change = otherwise;
    }

    @Override
    public String format() {
      return present.format();
    }

    @Override
    public int mapping() {
      return mapping;
    }

    @Override
    public Normalization normalize(RawDocument raw, Caller caller) {
      byte[] body = change.apply(new String(raw.body(), UTF_8)).getBytes(UTF_8);
      return present.normalize(new RawDocument(body, raw.charset(), raw.urlUuid()), caller);
    }
  }

  RawHouse() {
    Rereading rereading = new Rereading(new RawReading(new Dialects(List.of(dialect))));
    Remaker remaker =
        new Remaker(
            house.database,
            rereading,
            taskStore,
            rules,
            Couriers.with(house.timeout, house.database, house.clock));
    Amendments amendments = new Amendments(house.gateways, house.clock);
    renormalization =
        new Renormalization(
            house.database, remaker, new Rewriting(amendments, taskStore, house.clock), house.bell);
    inline =
        new Inline(
            house.database, renormalization, new RenormalizationDryRun(house.database, remaker));
    organizations.add(organization(null, true), why("add"));
  }

  /** Changes the country of organization 1001, and whether it is active. */
  void organization(String country) {
    organizations.update(organization(country, true), why("update"));
  }

  void add(int id) {
    organizations.add(
        new Organization(id, "Other", ZoneId.of("UTC"), null, null, Set.of(), true), why("add"));
  }

  void deactivate() {
    organizations.update(organization(null, false), why("update"));
  }

  /** Adds one for every CDR. */
  TaskRule rule(String type, Field... fields) {
    return rules.add(
        new NewTaskRule(null, Map.of(), type, null, List.of(fields), true), AuditLines.any());
  }

  private static Organization organization(@Nullable String country, boolean active) {
    return new Organization(1001, "Some", ZoneId.of("UTC"), country, null, Set.of(), active);
  }

  private static Audit.Entry why(String what) {
    return new Audit.Entry("admin", "organization." + what, "organization 1001", null, null);
  }

  /** A document that names organization 1001. */
  String document(UUID uuid, String variables) {
    return "<cdr><variables><uuid>%s</uuid><start_epoch>%d</start_epoch><rmOrgID>1001</rmOrgID>"
            .formatted(uuid, house.clock.instant().getEpochSecond())
        + "<billsec>70</billsec>"
        + variables
        + "</variables></cdr>";
  }

  long post(String variables) {
    return post(document(UUID.randomUUID(), variables), ANYBODYS);
  }

  /** Stores the CDR of a document, as the group commit does, and returns the id of its task. */
  long post(String document, Caller caller) {
    long task = store(List.of(document), caller).get(0).id();
    house.bell.ring();
    return task;
  }

  /** Stores so many with some variables, and rings for none. */
  void fill(int count, String variables) {
    for (int left = count; left > 0; left -= 500) {
      store(
          Stream.generate(() -> document(UUID.randomUUID(), variables))
              .limit(Math.min(left, 500))
              .toList(),
          ANYBODYS);
    }
  }

  private List<StoredTask> store(List<String> documents, Caller caller) {
    List<NewCdr> cdrs = new ArrayList<>();
    List<NewTask> tasks = new ArrayList<>();
    for (String document : documents) {
      Normalized normalized = normalized(document, caller);
      cdrs.add(cdr(document, normalized, caller));
      tasks.add(normalized.tasks().get(0));
    }
    return house.database.transact(
        "store",
        connection -> {
          List<Long> ids = new CdrStore(house.clock).insert(connection, cdrs);
          List<NewTaskRow> rows = new ArrayList<>();
          for (int i = 0; i < ids.size(); i++) {
            NewCdr cdr = cdrs.get(i);
            TableSuffix day = cdr.cdr().tableSuffix();
            rows.add(
                new NewTaskRow(
                    ids.get(i), day, 1001, tasks.get(i), cdr.receivedAt(), cdr.source()));
          }
          return taskStore.insert(connection, rows).tasks();
        });
  }

  private Normalized normalized(String document, Caller caller) {
    byte[] body = document.getBytes(UTF_8);
    Normalization made = dialect.normalize(new RawDocument(body, null, null), caller);
    return ((Normalization.Made) made).cdr();
  }

  private NewCdr cdr(String document, Normalized normalized, Caller caller) {
    byte[] body = document.getBytes(UTF_8);
    return new NewCdr(
        normalized.cdr(),
        KeptXml.of(normalized.xml()),
        new ContentHash(normalized.contentHash()),
        dialect.format(),
        house.clock.instant(),
        new NewRaw(PackedBytes.of(body), null, null, dialect.mapping(), "[]", caller.name()));
  }

  /** All that must not change when nothing is written. */
  String everything() {
    return house.one(
            """
            SELECT CONCAT_WS(' ', SUM(CRC32(c.xml)), SUM(r.version), SUM(r.mapping), COUNT(*))
              FROM normalized_cdrs c JOIN raw_cdrs r ON r.id_normalized_cdrs = c.id
            """)
        + house.one(
            "SELECT GROUP_CONCAT(id, done, payload_version, waiting ORDER BY id) FROM tasks")
        + house.one("SELECT COUNT(*) FROM deliveries");
  }

  @Override
  public void close() {
    house.close();
  }
}
