package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.gateway.Circuit.State.CLOSED;
import static org.waybill.gateway.Circuit.State.HALF_OPEN;
import static org.waybill.gateway.Circuit.State.OPEN;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.gateway.Circuit.State;

class CircuitTest {
  private static final int MAX = 32;
  private static final Verdict OK = new Verdict.Delivered(200);
  private static final Verdict REFUSED = new Verdict.Refused("HTTP 400", 400, "");
  private static final Verdict TIMEOUT =
      new Verdict.Transient("Connection timeout to http://g/", null, null, "");
  private static final Verdict BUSY = new Verdict.Transient("HTTP 503", 503, null, "");
  private static final Verdict WRONG = new Verdict.Misconfigured("HTTP 401", 401, "");

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final Circuit circuit = new Circuit(MAX, now);

  // o delivered, r refused, t timeout, b busy (503), w misconfigured; one a second
  @ParameterizedTest
  @CsvSource({
    "tttt, CLOSED",
    "ttttt, OPEN",
    "ttttottt, CLOSED",
    "ttttrttt, CLOSED",
    "ttttbtttt, CLOSED", // nine requests are too few to judge by
    "bbbbbbbbb, CLOSED",
    "bbbbbbbbbb, OPEN",
    "obobobobo, CLOSED",
    "obobobobob, OPEN",
    "bobobobobo, OPEN",
    "oooooobbbb, CLOSED",
    "rrrrrrrrrrrrrrrr, CLOSED",
    "w, OPEN",
    "ooooooooooooooow, OPEN"
  })
  void opensByWhatItIsAnswered(String verdicts, State expected) {
    verdicts.chars().forEach(this::recordOne);

    assertThat(circuit.state()).isEqualTo(expected);
  }

  @Test
  void forgetsFailuresAfterThirtySeconds() {
    times(9, BUSY);
    tick(Duration.ofSeconds(30));
    times(9, OK);
    times(1, BUSY);

    assertThat(circuit.state()).isEqualTo(CLOSED);
  }

  @Test
  void letsNothingThroughBeforeTheProbeAndThenOneAtATime() {
    times(5, TIMEOUT);

    assertThat(circuit.nextProbe()).isEqualTo(now.plusSeconds(10));
    tick(Duration.ofMillis(9_999));
    assertThat(circuit.permits(now, 0)).isZero();
    tick(Duration.ofMillis(1));
    assertThat(circuit.permits(now, 3)).as("others still under way").isZero();
    assertThat(circuit.permits(now, 0)).isEqualTo(1);
    assertThat(circuit.state()).isEqualTo(HALF_OPEN);
    assertThat(circuit.permits(now, 1)).isZero();
  }

  @Test
  void doublesTheWaitAfterEachFailedProbeUpToFiveMinutes() {
    times(5, TIMEOUT);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waits.add(Duration.between(now, circuit.nextProbe()).toSeconds());
      probe(i % 2 == 0 ? TIMEOUT : WRONG);
    }

    assertThat(waits).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    assertThat(circuit.trips()).isEqualTo(9);
    assertThat(circuit.reason()).isEqualTo("HTTP 401");
  }

  @Test
  void closesAfterThreeSuccessesInARow() {
    times(1, WRONG);
    probe(OK);
    probe(REFUSED);
    assertThat(circuit.state()).isEqualTo(HALF_OPEN);
    probe(BUSY);
    assertThat(circuit.state()).isEqualTo(OPEN);
    probe(OK);
    probe(OK);
    assertThat(circuit.state()).isEqualTo(HALF_OPEN);
    probe(OK);

    assertThat(circuit.state()).isEqualTo(CLOSED);
    assertThat(circuit.nextProbe()).isNull();
  }

  @Test
  void startsSlowlyAndDoublesEachSecondThatSucceeds() {
    close();
    List<Integer> permitted = new ArrayList<>();
    for (int second = 0; second < 7; second++) {
      permitted.add(circuit.permits(now, 0));
      tick(Duration.ofSeconds(1));
      times(3, OK);
    }

    assertThat(permitted).containsExactly(1, 2, 4, 8, 16, 32, 32);
    assertThat(circuit.trips()).isZero();
  }

  @Test
  void doesNotSpeedUpInASecondThatFails() {
    close();
    tick(Duration.ofSeconds(1));
    circuit.record(OK, now);
    assertThat(circuit.permits(now, 0)).isEqualTo(2);
    tick(Duration.ofMillis(900));
    circuit.record(BUSY, now);
    tick(Duration.ofMillis(200));
    circuit.record(OK, now);

    assertThat(circuit.permits(now, 0)).isEqualTo(2);
    assertThat(circuit.permits(now, 1)).isEqualTo(1);
    assertThat(circuit.permits(now, 5)).isZero();
  }

  @Test
  void waitsLongerWhenItOpensAgainBeforeFullSpeed() {
    close();
    times(5, TIMEOUT);

    assertThat(circuit.nextProbe()).isEqualTo(now.plusSeconds(20));
  }

  @Test
  void waitsTenSecondsAgainAfterItWorkedAtFullSpeed() {
    close();
    for (int second = 0; second < 6; second++) {
      tick(Duration.ofSeconds(1));
      circuit.record(OK, now);
    }
    times(5, TIMEOUT);

    assertThat(circuit.nextProbe()).isEqualTo(now.plusSeconds(10));
  }

  @Test
  void ignoresStragglersFromBeforeItOpened() {
    times(5, TIMEOUT);
    Circuit.Snapshot opened = circuit.snapshot();
    tick(Duration.ofSeconds(3));
    times(20, TIMEOUT);
    times(20, OK);

    assertThat(circuit.snapshot()).isEqualTo(opened);
  }

  @Test
  void anOwnerGoesOnFromWhatTheLastOneSaw() {
    times(5, TIMEOUT);
    Circuit next = Circuit.restore(circuit.snapshot(), MAX, now);
    assertThat(next.snapshot()).isEqualTo(circuit.snapshot());
    assertThat(next.permits(now.plusSeconds(9), 0)).isZero();

    assertThat(circuit.permits(now.plusSeconds(10), 0)).isEqualTo(1);
    Circuit afterProbing = Circuit.restore(circuit.snapshot(), MAX, now);
    assertThat(afterProbing.state()).isEqualTo(OPEN);
    assertThat(afterProbing.permits(now.plusSeconds(10), 0)).isEqualTo(1);
  }

  @Test
  void letsAProbeThroughAtOnceWhenAnOperatorAsks() {
    times(1, WRONG);
    assertThat(circuit.permits(now, 0)).isZero();
    circuit.probeNow(now);
    assertThat(circuit.permits(now, 0)).isOne();
  }

  @Test
  void probesAgainAtOnceWhenAnOperatorAskedDuringAProbeThatFailed() {
    times(1, WRONG);
    tick(Duration.ofSeconds(10));
    assertThat(circuit.permits(now, 0)).isOne();
    circuit.probeNow(now);
    circuit.record(WRONG, now);
    assertThat(circuit.permits(now, 0)).isOne();
    circuit.record(WRONG, now);
    assertThat(circuit.permits(now, 0)).isZero();
    assertThat(circuit.untold())
        .extracting(Circuit.Change::reason)
        .containsExactly(
            "HTTP 401",
            "A probe was due.",
            "HTTP 401",
            "An operator asked for a probe.",
            "HTTP 401");
  }

  @Test
  void isNotDisturbedByAskingWhileItIsClosed() {
    circuit.probeNow(now);
    assertThat(circuit.permits(now, 0)).isEqualTo(MAX);
    assertThat(circuit.untold()).isEmpty();
  }

  @Test
  void tellsWhatItDidAndWhyUntilThatIsWrittenDown() {
    times(1, WRONG);
    circuit.probeNow(now);
    circuit.permits(now, 0);
    List<Circuit.Change> first = circuit.untold();
    circuit.record(WRONG, now);
    circuit.told(first);
    tick(Duration.ofSeconds(20));
    circuit.permits(now, 0);

    assertThat(first)
        .extracting(Circuit.Change::reason)
        .containsExactly("HTTP 401", "An operator asked for a probe.");
    assertThat(circuit.untold())
        .extracting(change -> change.to() + " " + change.trips() + " " + change.reason())
        .containsExactly("OPEN 2 HTTP 401", "HALF_OPEN 2 A probe was due.");
  }

  @Test
  void obeysANewLimitAtOnce() {
    assertThat(circuit.permits(now, 2)).isEqualTo(30);
    circuit.limit(4);
    assertThat(circuit.permits(now, 2)).isEqualTo(2);
    circuit.limit(64);
    assertThat(circuit.permits(now, 2)).isEqualTo(62);
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSED, CLOSED, false",
    "CLOSED, OPEN, true",
    "CLOSED, HALF_OPEN, false",
    "OPEN, CLOSED, false",
    "OPEN, OPEN, false",
    "OPEN, HALF_OPEN, true",
    "HALF_OPEN, CLOSED, true",
    "HALF_OPEN, OPEN, true",
    "HALF_OPEN, HALF_OPEN, false"
  })
  void allowsTheseMovesOnly(State from, State to, boolean allowed) {
    assertThat(from.mayBecome(to)).isEqualTo(allowed);
  }

  private void close() {
    times(1, WRONG);
    probe(OK);
    probe(OK);
    probe(OK);
    assertThat(circuit.state()).isEqualTo(CLOSED);
  }

  private void probe(Verdict verdict) {
    Instant due = circuit.nextProbe();
    if (due != null && due.isAfter(now)) {
      now = due;
    }
    assertThat(circuit.permits(now, 0)).isEqualTo(1);
    circuit.record(verdict, now);
  }

  private void recordOne(int letter) {
    Verdict verdict =
        switch (letter) {
          case 'o' -> OK;
          case 'r' -> REFUSED;
          case 't' -> TIMEOUT;
          case 'b' -> BUSY;
          default -> WRONG;
        };
    tick(Duration.ofSeconds(1));
    circuit.record(verdict, now);
  }

  private void times(int times, Verdict verdict) {
    for (int i = 0; i < times; i++) {
      circuit.record(verdict, now);
    }
  }

  private void tick(Duration duration) {
    now = now.plus(duration);
  }
}
