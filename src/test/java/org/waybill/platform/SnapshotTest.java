package org.waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  private final Semaphore answers = new Semaphore(1_000);
  private volatile int stored = 1;
  private volatile boolean failing;
  private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final InstantSource time = () -> now;
  private final Snapshot<Integer> snapshot =
      new Snapshot<>("numbers", time.withZone(ZoneOffset.UTC), MAX_AGE, this::read);

  private Integer read() {
    answers.acquireUninterruptibly();
    if (failing) {
      throw new WaybillException("The database is away.");
    }
    return stored;
  }

  @Test
  void readsAgainOnlyWhenItHasAged() {
    assertThat(snapshot.get()).isEqualTo(1);
    stored = 2;
    assertThat(snapshot.get()).isEqualTo(1);
    now = now.plus(MAX_AGE).plusMillis(1);
    awaitTwo();
  }

  @Test
  void readsAgainAfterAChange() {
    assertThat(snapshot.get()).isEqualTo(1);
    stored = 2;
    snapshot.drop();
    assertThat(snapshot.get()).isEqualTo(2);
  }

  @Test
  void servesTheLastValueWhileTheDatabaseHangsAndTheNewOneWhenItAnswers() {
    assertThat(snapshot.get()).isEqualTo(1);
    stored = 2;
    answers.drainPermits();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(snapshot.get()).isEqualTo(1);
    assertThat(snapshot.get()).isEqualTo(1);
    answers.release(1_000);
    awaitTwo();
  }

  @Test
  void servesTheLastValueWhileTheDatabaseIsAway() {
    assertThat(snapshot.get()).isEqualTo(1);
    failing = true;
    now = now.plus(Duration.ofMinutes(1));
    assertThat(snapshot.get()).isEqualTo(1);
    failing = false;
    stored = 2;
    now = now.plus(Duration.ofMinutes(1));
    awaitTwo();
  }

  @Test
  void failsWhenItNeverReadAnything() {
    failing = true;
    assertThatThrownBy(snapshot::get).isInstanceOf(WaybillException.class);
  }

  /** A reading may take longer than it is waited for; then the next one has it. */
  private void awaitTwo() {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (snapshot.get() != 2 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(snapshot.get()).isEqualTo(2);
  }
}
