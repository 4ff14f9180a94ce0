package org.waybill.collect;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.waybill.access.Audit;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.cdr.CdrStore;
import org.waybill.collect.switches.Sightings;
import org.waybill.document.CdrReader;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.Dialects;
import org.waybill.normalize.freeswitch.FreeSwitchDialect;
import org.waybill.normalize.smdr.SmdrDialect;
import org.waybill.platform.Database;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;
import org.waybill.task.Gateways;
import org.waybill.task.TaskRules;
import org.waybill.task.TaskStore;
import org.waybill.task.WorkBell;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.TestEntities;

/** The whole way of a document, from its bytes to a real database; organization 1001 is there. */
public final class SomeIntake {
  public final Organizations organizations;
  public final RejectedDocuments documents;
  public final Keeping keeping;
  public final GroupCommit commits;
  public final TaskRules rules;
  public final Intake intake;
  public final Rereading rereading;

  /**
   * @param database the same, perhaps by a way that can be cut off
   */
  public SomeIntake(TestDatabase db, Database database, Clock clock) {
    this(db, database, clock, organizations -> List.of());
  }

  /**
   * @param more dialects beside those of these tests
   */
  public SomeIntake(
      TestDatabase db,
      Database database,
      Clock clock,
      Function<Organizations, List<Dialect>> more) {
    organizations = new Organizations(new TestEntities(db), Clock.systemUTC());
    documents = new RejectedDocuments(database, clock);
    keeping = new Keeping(documents, new RejectedRepeats(database, clock), new Metrics());
    Gateways gateways = new Gateways(db.database(), clock);
    TaskStore tasks = new TaskStore(gateways);
    commits = new GroupCommit(database, new CdrStore(clock), tasks, new WorkBell(), new Metrics());
    List<Dialect> dialects = new ArrayList<>(more.apply(organizations));
    dialects.add(new SomeDialect());
    dialects.add(new FreeSwitchDialect(organizations, clock));
    dialects.add(new SmdrDialect(organizations, clock, Settings.from(name -> null, Set.of())));
    RawReading raws = new RawReading(new Dialects(dialects));
    rereading = new Rereading(raws);
    rules = new TaskRules(db.database(), gateways, Clock.systemUTC());
    CdrReader reader = new CdrReader(clock);
    intake = new Intake(reader, raws, organizations, commits, keeping, rules, new Sightings());
    commits.start();
    add(1001, true);
  }

  public void add(int id, boolean active) {
    organizations.add(
        new Organization(id, "Some", ZoneId.of("UTC"), null, null, Set.of(), active),
        new Audit.Entry("admin", "organization.add", "organization " + id, null, null));
  }

  public void stop() throws InterruptedException {
    commits.stop();
    keeping.stop();
  }

  static String xml(UUID uuid, int organization) {
    return xml(uuid, organization, "");
  }

  static String xml(UUID uuid, int organization, String variables) {
    return """
    <cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch>\
    <TableSuffix>20261121</TableSuffix><rmOrgID>%d</rmOrgID>\
    <variables>%s</variables></data>\
    <tasks><task type="CDRToSGAPI" priority="high"/></tasks></cdr>"""
        .formatted(uuid, SomeCdrs.TODAY, organization, variables);
  }
}
