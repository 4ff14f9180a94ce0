package org.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.waybill.cdr.NewCdr;
import org.waybill.platform.Database;
import org.waybill.task.NewTask;
import org.waybill.task.StoredTask;
import org.waybill.testing.Deployments;

/** Commits over the pool of the server. */
@Tag("any-database")
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class GroupCommitIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Inject private GroupCommit commits;
  @Inject private Database database;

  @Deployment
  static WebArchive war() {
    return Deployments.openWar().addClass(SomeCdrs.class);
  }

  @Test
  void storesACdrWithItsTasksAndTheirDeliveriesAndKnowsItAgain() {
    NewCdr cdr = SomeCdrs.cdr(UUID.randomUUID());
    Outcome first = store(cdr, List.of(SomeCdrs.sgapi()));
    Outcome again = store(cdr, List.of(SomeCdrs.sgapi()));

    assertThat(first).isInstanceOf(Outcome.Stored.class);
    Outcome.Stored stored = (Outcome.Stored) first;
    assertThat(stored.tasks()).extracting(StoredTask::type).containsExactly("CDRToSGAPI");
    assertThat(again)
        .isEqualTo(new Outcome.Duplicate(stored.id(), stored.tableSuffix(), stored.tasks()));
    long task = stored.tasks().get(0).id();
    assertThat(count("normalized_cdrs WHERE id = ?", stored.id())).isOne();
    assertThat(count("tasks WHERE id_normalized_cdrs = ?", stored.id())).isOne();
    assertThat(count("tasks_data WHERE id_tasks = ?", task)).isOne();
    assertThat(count("deliveries WHERE id_tasks = ?", task)).isEqualTo(2);
  }

  @Test
  void leavesNothingOfACdrThatTheDatabaseRefusesAndAllOfItsNeighbours() {
    int before = count("normalized_cdrs WHERE ? = 0", 0);
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<NewTask> tasks =
          i == 7 ? List.of(SomeCdrs.sgapi(), SomeCdrs.poison()) : List.of(SomeCdrs.sgapi());
      answers.add(commits.submit(SomeCdrs.cdr(UUID.randomUUID()), tasks));
    }
    List<Outcome> outcomes =
        answers.stream().map(answer -> GroupCommit.await(answer, Deadline.in(PATIENCE))).toList();

    assertThat(outcomes.get(7)).isInstanceOf(Outcome.Unstorable.class);
    assertThat(outcomes).filteredOn(Outcome.Stored.class::isInstance).hasSize(19);
    assertThat(count("normalized_cdrs WHERE ? = 0", 0)).isEqualTo(before + 19);
    assertThat(
            count(
                "tasks WHERE ? = 0 AND id_normalized_cdrs NOT IN (SELECT id FROM normalized_cdrs)",
                0))
        .isZero();
  }

  private Outcome store(NewCdr cdr, List<NewTask> tasks) {
    return commits.store(cdr, tasks, Deadline.in(PATIENCE));
  }

  private int count(String what, long id) {
    return database.read(
        "count",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("SELECT COUNT(*) FROM " + what)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }
}
