package org.waybill.collect.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.normalize.Switch;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.Metrics;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.TestDatabase;

/** Weeks of a switch's life, against a real database and a clock of the test. */
class SwitchWatchTest {
  private static final Instant MONDAY_8 = Instant.parse("2026-11-02T08:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Switch FS1 = new Switch("fs1", "core-1");

  private final TestDatabase db = TestDatabase.fresh();
  private final LeapingClock clock = new LeapingClock(MONDAY_8);
  private final Metrics metrics = new Metrics();
  private SilenceRule rule = new SilenceRule(Duration.ofMinutes(15), 10);
  private final Node node = new Node(metrics);
  private final Switches switches = new Switches(db.database(), clock);
  private final Said said = new Said();

  private final class Node {
    final Sightings sightings = new Sightings();
    final SwitchWatch watch;

    Node(Metrics metrics) {
      watch = new SwitchWatch(sightings, db.database(), clock, metrics, rule);
    }

    void send(@Nullable Switch from, int documents) {
      for (int i = 0; i < documents; i++) {
        sightings.live(from, "key:pbx", call(clock.instant()), clock.instant());
      }
      watch.write();
    }
  }

  /** What the watch logs. */
  private static final class Said extends Handler {
    final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    Logger.getLogger(SwitchWatch.class.getName()).addHandler(said);
  }

  @AfterEach
  void listenNoMore() {
    Logger.getLogger(SwitchWatch.class.getName()).removeHandler(said);
  }

  @Test
  void knowsWhenEachSwitchLastSentForEachOrganization() {
    node.send(FS1, 3);
    clock.leap(MINUTE);
    node.send(FS1, 1);
    node.sightings.live(FS1, "key:pbx", call(clock.instant(), 1002), clock.instant());
    node.watch.write();

    List<Switches.Line> all = switches.list(null, null, 10);
    assertThat(all).hasSize(2);
    WatchedSwitch first = all.get(0).watched();
    assertThat(first.name()).isEqualTo("fs1");
    assertThat(first.instance()).isEqualTo("core-1");
    assertThat(first.firstSeen()).isEqualTo(MONDAY_8);
    assertThat(first.lastSeen()).isEqualTo(MONDAY_8.plus(MINUTE));
    assertThat(first.restarts()).isZero();
    assertThat(all.get(0).usualPerHour()).isNull();
    assertThat(db.one("SELECT SUM(documents) FROM switch_hours WHERE rmOrgID = 1001"))
        .isEqualTo("4");
    assertThat(switches.list(1002, null, 10)).containsExactly(all.get(1));
    assertThat(switches.list(null, first.id(), 10)).containsExactly(all.get(1));
  }

  @Test
  void callsASwitchThatNamesNothingByItsSender() {
    node.send(null, 1);
    assertThat(only().name()).isEqualTo("key:pbx");
    assertThat(only().instance()).isNull();
  }

  @Test
  void countsARestartOnceAndNoneForALateDocumentOfTheInstanceBefore() {
    node.send(FS1, 1);
    node.send(new Switch("fs1", "core-2"), 2);
    node.send(FS1, 1);
    node.send(new Switch("fs1", "core-2"), 1);
    node.send(new Switch("fs1", null), 1);
    assertThat(only().restarts()).isEqualTo(1);
    assertThat(only().instance()).isEqualTo("core-2");
    node.send(new Switch("fs1", "core-3"), 1);
    assertThat(only().restarts()).isEqualTo(2);
  }

  @Test
  void isNotToldOfLifeByCallsOfDaysAgo() {
    Instant longAgo = clock.instant().minus(Duration.ofHours(25));
    node.sightings.live(FS1, "key:pbx", call(longAgo), clock.instant());
    node.watch.write();
    assertThat(switches.list(null, null, 10)).isEmpty();
  }

  @Test
  void takesALateDocumentForLifeWhenItsCallBeganAndForNoneOfWhatIsUsual() {
    node.send(FS1, 3);
    Instant began = clock.instant().plus(MINUTE);
    clock.leap(Duration.ofHours(2));
    node.sightings.late(FS1, call(began), clock.instant());
    node.sightings.late(FS1, call(clock.instant().minus(Duration.ofDays(2))), clock.instant());
    node.watch.write();
    assertThat(only().lastSeen()).isEqualTo(began);
    assertThat(db.one("SELECT SUM(documents) FROM switch_hours")).isEqualTo("3");
    node.sightings.late(FS1, call(clock.instant().plus(MINUTE)), clock.instant());
    node.watch.write();
    assertThat(only().lastSeen()).isEqualTo(clock.instant());
    assertThat(db.count("SELECT COUNT(*) FROM switch_hours")).isEqualTo(1);
  }

  @Test
  void goesByTheRuleThatWasSet() {
    rule = new SilenceRule(Duration.ofMinutes(2), 3);
    Node strict = new Node(new Metrics());
    mondays(60);
    clock.leap(Duration.ofMinutes(3));
    node.watch.look();
    assertThat(only().silentSince()).isNull();
    strict.watch.look();
    assertThat(only().silentSince()).isEqualTo(clock.instant());
  }

  @Test
  void saysOnceThatASwitchIsSilentAndOnceThatItIsBack() throws IOException {
    mondays(60);
    Node other = new Node(new Metrics());
    clock.leap(Duration.ofMinutes(14));
    node.watch.look();
    assertThat(only().silentSince()).isNull();
    clock.leap(MINUTE);
    node.watch.look();
    node.watch.look();
    other.watch.look();
    assertThat(only().silentSince()).isEqualTo(clock.instant());
    assertThat(said.lines).hasSize(1).first().asString().startsWith("WB-SWITCH-01 Switch 'fs1'");
    assertThat(figures())
        .contains("waybill_switch_silent{organization=\"1001\",switch=\"fs1\"} 1.0")
        .contains("waybill_switch_last_seen_seconds{organization=\"1001\",switch=\"fs1\"} 1.79");

    clock.leap(MINUTE);
    other.send(FS1, 1);
    other.watch.look();
    node.watch.look();
    assertThat(only().silentSince()).isNull();
    assertThat(said.lines).hasSize(2).last().asString().startsWith("WB-SWITCH-02 Switch 'fs1'");
    assertThat(figures())
        .contains("waybill_switch_silent{organization=\"1001\",switch=\"fs1\"} 0.0");
  }

  @Test
  void waitsTenTimesTheUsualGapOfASlowSwitch() {
    mondays(4);
    clock.leap(Duration.ofMinutes(59));
    node.watch.look();
    assertThat(only().silentSince()).isNull();
  }

  @Test
  void letsTheNightPassAndTheFirstMinutesOfTheMorning() {
    mondays(60);
    clock.leap(Duration.ofMinutes(59));
    node.send(FS1, 1);
    clock.leap(Duration.ofDays(6).plusHours(23));
    node.watch.look();
    assertThat(only().silentSince()).isNull();
    clock.leap(Duration.ofMinutes(11));
    node.watch.look();
    assertThat(only().silentSince()).isNull();
    clock.leap(Duration.ofMinutes(10));
    node.watch.look();
    assertThat(only().silentSince()).isEqualTo(clock.instant());
  }

  @Test
  void givesANewSwitchADay() {
    node.send(FS1, 500);
    clock.leap(Duration.ofHours(23));
    node.watch.look();
    assertThat(only().silentSince()).isNull();
    clock.leap(Duration.ofHours(1));
    node.watch.look();
    assertThat(only().silentSince()).isEqualTo(clock.instant());
  }

  @Test
  void blamesNoSwitchForTheTimeInWhichTheServerWasDown() {
    mondays(60);
    clock.leap(Duration.ofMinutes(40));
    Node restarted = new Node(new Metrics());
    restarted.watch.look();
    clock.leap(Duration.ofMinutes(14));
    restarted.watch.look();
    assertThat(only().silentSince()).isNull();
  }

  @Test
  void tellsWhatIsUsualInThisHourAfterItsFirstWeek() {
    mondays(60);
    assertThat(switches.list(null, null, 10).get(0).usualPerHour()).isEqualTo(60.0);
    clock.leap(Duration.ofDays(7));
    node.send(FS1, 1);
    clock.leap(Duration.ofDays(7));
    node.send(FS1, 1);
    clock.leap(Duration.ofDays(14));
    // 60, 1 (from mondays), 1, 1, none: what the row keeps and what is read of it go on alike.
    double expected = ((60 * 0.7 + 0.3) * 0.7 + 0.3) * 0.7 + 0.3;
    Double usual = switches.list(null, null, 10).get(0).usualPerHour();
    assertThat(usual).isCloseTo(expected * 0.7, within(1e-6));
  }

  @Test
  void countsOnWhileTheDatabaseIsAway() {
    db.execute("RENAME TABLE switches TO switches_away");
    assertThatThrownBy(() -> node.send(FS1, 2)).isInstanceOf(DatabaseException.class);
    db.execute("RENAME TABLE switches_away TO switches");
    node.send(FS1, 1);
    assertThat(db.one("SELECT documents FROM switch_hours")).isEqualTo("3");
  }

  @Test
  void forgetsADismissedSwitchUntilItSendsAgain() {
    node.send(FS1, 1);
    long id = only().id();
    assertThat(switches.dismiss(id, "anna")).isTrue();
    assertThat(switches.dismiss(id, "anna")).isFalse();
    assertThat(switches.list(null, null, 10)).isEmpty();
    assertThat(db.count("SELECT COUNT(*) FROM switch_hours")).isZero();
    assertThat(db.one("SELECT CONCAT(who, ' ', action, ' ', subject, ' ', detail) FROM audit_log"))
        .isEqualTo("anna switch.dismiss switch " + id + " 'fs1' of organization 1001");
    node.send(FS1, 1);
    assertThat(only().id()).isNotEqualTo(id);
  }

  /** So many documents on one Monday at 8, and one at 8 on the Monday after, which it is then. */
  private void mondays(int documents) {
    node.send(FS1, documents);
    clock.leap(Duration.ofDays(7));
    node.send(FS1, 1);
  }

  private WatchedSwitch only() {
    List<Switches.Line> all = switches.list(null, null, 10);
    assertThat(all).hasSize(1);
    return all.get(0).watched();
  }

  private String figures() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, metrics.registry().scrape());
    return text.toString(StandardCharsets.UTF_8);
  }

  private static Cdr call(Instant start) {
    return call(start, 1001);
  }

  private static Cdr call(Instant start, int organization) {
    long epoch = start.getEpochSecond();
    return new Cdr(
        UUID.randomUUID(),
        null,
        epoch,
        TableSuffix.ofEpochSecond(epoch),
        null,
        organization,
        null,
        List.of());
  }
}
