package org.waybill.amend;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.ContentHash;
import org.waybill.cdr.Days;
import org.waybill.cdr.KeptXml;
import org.waybill.cdr.PackedBytes;
import org.waybill.cdr.RawCdr;
import org.waybill.cdr.RemadeCdr;
import org.waybill.cdr.Remakes;
import org.waybill.cdr.StoredXml;
import org.waybill.cdr.TableSuffix;
import org.waybill.collect.Arrived;
import org.waybill.collect.Rereading;
import org.waybill.collect.Rereading.Reread;
import org.waybill.gateway.Courier;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.RuledTasks;
import org.waybill.platform.Database;
import org.waybill.task.NewTask;
import org.waybill.task.StoredTask;
import org.waybill.task.TaskDocuments;
import org.waybill.task.TaskDocuments.TaskDocument;
import org.waybill.task.TaskRules;
import org.waybill.task.TaskStore;

/** Finds what the mappings and task rules of today make of stored CDRs; writes nothing. */
@ApplicationScoped
public class Remaker {
  private final Database database;
  private final Rereading rereading;
  private final TaskStore tasks;
  private final TaskRules rules;
  private final Courier courier;

  @Inject
  public Remaker(
      Database database, Rereading rereading, TaskStore tasks, TaskRules rules, Courier courier) {
    this.database = database;
    this.rereading = rereading;
    this.tasks = tasks;
    this.rules = rules;
    this.courier = courier;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Remaker() {
    this(null, null, null, null, null);
  }

  /** CDRs with their raw documents and tasks. */
  private record Stored(List<RawCdr> cdrs, Map<Long, SortedMap<Long, TaskDocument>> tasks) {
    SortedMap<Long, TaskDocument> tasksOf(long cdr) {
      return tasks.getOrDefault(cdr, new TreeMap<>());
    }
  }

  /** What may take the place of a stored CDR. */
  private record Candidate(
      Normalized cdr, int mapping, String repairs, RemadeCdr.@Nullable Document document) {}

  /** By the ids of the CDRs; one that is gone is absent. */
  Map<Long, Remaking> remake(List<Long> ids) {
    Stored stored = database.read("read raw documents", connection -> read(connection, ids));
    Map<Long, Remaking> remakings = new HashMap<>();
    for (RawCdr cdr : stored.cdrs()) {
      long id = cdr.cdr().id();
      remakings.put(id, remake(cdr, stored.tasksOf(id)));
    }
    return remakings;
  }

  /**
   * What is made of a stored CDR when another document takes the place of the one that it was made
   * of; empty when it is gone. It keeps its day although the call may now begin on another one.
   */
  Optional<Remaking> replace(long id, Arrived document) {
    Stored stored =
        database.read("read a raw document", connection -> read(connection, List.of(id)));
    return stored.cdrs().stream()
        .findFirst()
        .map(cdr -> replace(cdr, stored.tasksOf(id), document));
  }

  private Remaking replace(
      RawCdr stored, SortedMap<Long, TaskDocument> storedTasks, Arrived document) {
    if (Arrays.equals(stored.body(), document.body())) {
      return new Remaking.Unchanged();
    }
    Reread reread = rereading.read(new RawCdr(stored.cdr(), stored.raw(), document.body()));
    if (reread instanceof Reread.Unusable unusable) {
      return new Remaking.Impossible(unusable.why());
    }
    Reread.Made made = (Reread.Made) reread;
    Normalized kept = made.cdr().on(stored.cdr().tableSuffix());
    RemadeCdr.Document raw =
        new RemadeCdr.Document(
            PackedBytes.of(document.body()), new ContentHash(kept.contentHash()), document.at());
    return compare(stored, storedTasks, new Candidate(kept, made.mapping(), made.repairs(), raw));
  }

  private Stored read(Connection connection, List<Long> ids) throws SQLException {
    List<RawCdr> cdrs = Remakes.read(connection, ids);
    Map<Long, SortedMap<Long, TaskDocument>> byCdr = new HashMap<>();
    List<Long> taskIds =
        tasks
            .ofCdrs(connection, cdrs.stream().map(one -> one.cdr().id()).toList())
            .values()
            .stream()
            .flatMap(List::stream)
            .map(StoredTask::id)
            .toList();
    if (!taskIds.isEmpty()) {
      Days days = Days.of(cdrs.stream().map(one -> one.cdr().tableSuffix()).toList());
      TaskDocuments.read(connection, taskIds, days)
          .forEach(
              (id, task) ->
                  byCdr.computeIfAbsent(task.cdrId(), cdr -> new TreeMap<>()).put(id, task));
    }
    return new Stored(cdrs, byCdr);
  }

  private Remaking remake(RawCdr stored, SortedMap<Long, TaskDocument> storedTasks) {
    Reread reread = rereading.read(stored);
    if (reread instanceof Reread.Unusable unusable) {
      return new Remaking.Impossible("It would be rejected now: " + unusable.why());
    }
    Reread.Made made = (Reread.Made) reread;
    Normalized cdr =
        keepsADayNotItsOwn(stored) ? made.cdr().on(stored.cdr().tableSuffix()) : made.cdr();
    return compare(stored, storedTasks, new Candidate(cdr, made.mapping(), made.repairs(), null));
  }

  /** As {@link #replace} lets one do. */
  private static boolean keepsADayNotItsOwn(RawCdr stored) {
    return !TableSuffix.ofEpochSecond(stored.cdr().startEpoch()).equals(stored.cdr().tableSuffix());
  }

  private Remaking compare(
      RawCdr stored, SortedMap<Long, TaskDocument> storedTasks, Candidate made) {
    Cdr before = StoredXml.cdr(stored.cdr().xml());
    // As it would be read once it is stored, so that only what is stored is compared.
    Cdr after = StoredXml.cdr(made.cdr().xml());
    String another = another(before, after);
    if (!another.isEmpty()) {
      return new Remaking.Impossible(another);
    }
    Differences differences = new Differences();
    differences.add(before, after);
    TaskRemaker remaker = new TaskRemaker(courier, stored, new TaskRemaker.Versions(before, after));
    List<NewTask> tasksNow =
        RuledTasks.all(made.cdr(), rules.of(made.cdr().cdr(), stored.cdr().source()));
    remaker.remake(storedTasks, tasksNow, differences);
    if (differences.all().isEmpty() && made.document() == null) {
      return new Remaking.Unchanged();
    }
    RemadeCdr now =
        new RemadeCdr(
            after, KeptXml.of(made.cdr().xml()), made.mapping(), made.repairs(), made.document());
    return new Remaking.Changed(stored, now, differences.all(), remaker.amended(), remaker.added());
  }

  /** A CDR keeps its identity, or gateways, keys and partitions would hold two halves of it. */
  private static String another(Cdr before, Cdr after) {
    if (!after.uuid().equals(before.uuid())) {
      return "It would become another CDR, " + after.uuid() + "; a CDR keeps its uuid.";
    }
    if (!after.tableSuffix().equals(before.tableSuffix())) {
      return "It would move to the day "
          + after.tableSuffix()
          + "; a CDR keeps its day, "
          + before.tableSuffix()
          + ".";
    }
    return after.rmOrgId() == before.rmOrgId()
        ? ""
        : "It would go to organization "
            + after.rmOrgId()
            + "; a CDR keeps its organization, "
            + before.rmOrgId()
            + ".";
  }
}
