package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.waybill.report.AnswerFigures;
import org.waybill.report.GatewayAnswers;
import org.waybill.testing.TestDatabase;

/** Two nodes that tell how one gateway answered each of them. */
class AnswerBookTest {
  private final TestDatabase db = TestDatabase.fresh();
  private final GatewayAnswers answers = new GatewayAnswers(db.database());
  private final AnswerBook one = new AnswerBook();
  private final AnswerBook two = new AnswerBook();

  @Test
  void addsNodesUp() {
    add(one, 60, Duration.ofMillis(3), true);
    add(two, 30, Duration.ofMillis(7), true);
    add(two, 30, Duration.ofMillis(7), false);
    write();
    AnswerFigures figures = answers.now().of(7);
    assertThat(figures.perSecond()).isEqualTo(2.0);
    assertThat(figures.success()).isEqualTo(0.75);
    assertThat(answers.now().of(8)).isEqualTo(AnswerFigures.NONE);
  }

  @Test
  void findsSlownessInAllAnswersTogetherAndNotInTheMeanOfNodes() {
    add(one, 990, Duration.ofMillis(3), true);
    add(two, 10, Duration.ofSeconds(8), true);
    write();
    assertThat(answers.now().of(7).p95()).isEqualTo(5);
    add(two, 90, Duration.ofSeconds(8), true);
    write();
    assertThat(answers.now().of(7).p95()).isEqualTo(10_000);
  }

  @Test
  void tellsOfAnswersThatTookLongerThanAllBuckets() {
    add(one, 1, Duration.ofSeconds(11), false);
    write();
    assertThat(answers.now().of(7).p95()).isEqualTo(AnswerFigures.BEYOND);
    assertThat(answers.now().of(8).p95()).isNull();
  }

  @Test
  void countsABatchOfReportsAsOneAnswerAboutManyDeliveries() {
    one.add(7, Duration.ofMillis(40), 120, true);
    write();
    AnswerFigures figures = answers.now().of(7);
    assertThat(figures.perSecond()).isEqualTo(2.0);
    assertThat(figures.answers()).containsOnlyKeys(50).containsValue(1L);
  }

  @Test
  void forgetsWhatIsOlderThanItTellsOf() {
    add(one, 10, Duration.ofMillis(3), true);
    write();
    db.execute("UPDATE gateway_answers SET at = at - INTERVAL 2 MINUTE");
    assertThat(answers.now().of(7).perSecond()).isZero();
    assertThat(answers.now().of(7).sends()).isEqualTo(10);
    db.execute("UPDATE gateway_answers SET at = at - INTERVAL 4 MINUTE");
    assertThat(answers.now().of(7)).isEqualTo(AnswerFigures.NONE);
  }

  private static void add(AnswerBook book, int times, Duration took, boolean delivered) {
    for (int i = 0; i < times; i++) {
      book.add(7, took, 1, delivered);
    }
  }

  /** A row is told apart by its time: two of a node within a millisecond would collide. */
  private void write() {
    db.execute("UPDATE gateway_answers SET at = at - INTERVAL 1 SECOND");
    db.database()
        .transact(
            "write",
            connection -> {
              AnswerBook.write(connection, 1, 7, one.take(7));
              AnswerBook.write(connection, 2, 7, two.take(7));
              return true;
            });
  }
}
