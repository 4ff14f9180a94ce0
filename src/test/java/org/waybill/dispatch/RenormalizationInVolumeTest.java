package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.amend.Renormalization;
import org.waybill.operation.Inline;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.NewOperation;
import org.waybill.operation.Operation;
import org.waybill.operation.Operation.Progress;
import org.waybill.operation.OperationKind;
import org.waybill.operation.OperationState;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;

/** Ten thousand CDRs made anew, by a node that dies in the middle of it and another one. */
class RenormalizationInVolumeTest {
  private static final int CDRS = 10_000;
  private static final Duration DEAD = Duration.ofMillis(500);

  private final RawHouse raws = new RawHouse();
  private final House house = raws.house;

  /** Dies with all written that is to be written, but nothing of it committed. */
  private static final class Dying implements OperationKind {
    private final OperationKind living;
    private int stretches;

    Dying(OperationKind living, int stretches) {
      this.living = living;
      this.stretches = stretches;
    }

    @Override
    public String name() {
      return living.name();
    }

    @Override
    public Selection select(String filter) {
      return living.select(filter);
    }

    @Override
    public List<String> page(Order order, @Nullable String after, int limit) {
      return living.page(order, after, limit);
    }

    @Override
    public int pageSize() {
      return living.pageSize();
    }

    @Override
    public Work begin(Order order, List<String> items) {
      Work work = living.begin(order, items);
      return connection -> finish(work, connection);
    }

    private List<ItemOutcome> finish(Work work, Connection connection) throws SQLException {
      List<ItemOutcome> outcomes = work.finish(connection);
      if (--stretches == 0) {
        throw new AssertionError("The power fails.");
      }
      return outcomes;
    }
  }

  @AfterEach
  void close() {
    raws.close();
  }

  @Test
  void makesEachAnewOnceThoughItDiesInTheMiddle() {
    house.gateway("storage", house.sink());
    raws.fill(CDRS, "<caller_id_number>0142685300</caller_id_number>");
    raws.organization("FR");
    Inline dying = new Inline(house.database, DEAD, new Dying(raws.renormalization, 30));
    NewOperation wish = new NewOperation(Renormalization.NAME, "{}", null, "anna", "France");
    long id = dying.operations.start(wish);
    assertThatThrownBy(dying::finish).hasMessage("The power fails.");
    Operation broken = dying.operations.find(id).orElseThrow();
    assertThat(broken.progress().processed()).isPositive().isLessThan(CDRS);
    assertThat(house.one("SELECT SUM(version - 1) FROM raw_cdrs"))
        .isEqualTo("" + broken.progress().processed());

    Inline other = new Inline(house.database, DEAD, raws.renormalization);
    House.await(
        () -> {
          other.finish();
          return other.operations.find(id).orElseThrow().state() == OperationState.DONE;
        });
    assertThat(other.operations.find(id).orElseThrow().progress())
        .isEqualTo(new Progress(CDRS, CDRS, 0, 0));
    assertThat(house.one("SELECT CONCAT_WS(' ', MIN(version), MAX(version)) FROM raw_cdrs"))
        .isEqualTo("2 2");
    assertThat(
            house.one(
                "SELECT CONCAT_WS(' ', MIN(payload_version), MAX(payload_version)) FROM tasks"))
        .isEqualTo("2 2");
    assertThat(
            house.one("SELECT CONCAT_WS(' ', COUNT(*), COUNT(DISTINCT id_tasks)) FROM deliveries"))
        .isEqualTo(CDRS + " " + CDRS);
    assertThat(house.one("SELECT COUNT(DISTINCT item) FROM operation_outcomes"))
        .isEqualTo("" + CDRS);
  }
}
