package org.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl;
import org.junit.jupiter.api.Test;
import org.waybill.platform.Settings;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.TestEntities;

class SessionsTest {
  private static final Map<String, String> WEAK = Map.of("Pbkdf2PasswordHash.Iterations", "1024");
  private static final String ISSUER = "waybill.oidc.issuer";
  private static final String CLIENT = "waybill.oidc.client.id";
  private static final String ADDRESS = "192.0.2.1";

  private final TestDatabase database = TestDatabase.fresh();
  private final TestEntities entities = new TestEntities(database);
  private final LeapingClock clock = new LeapingClock(Instant.parse("2026-11-21T10:00:00Z"));
  private final Passwords passwords = new Passwords(new Pbkdf2PasswordHashImpl(), WEAK);
  private final Users users = new Users(entities, passwords, clock);
  private final Sessions sessions = node();
  private final User ann = users.add("ann", "correct horse", Set.of(Role.OPERATOR), "admin");

  @Test
  void knowsWhoseItIsOnEveryNodeUntilSheSignsOut() {
    Session session = begin("correct horse");
    assertThat(node().callerOf(session))
        .hasValueSatisfying(ann -> assertThat(ann.name()).isEqualTo("ann"));
    node().end(session);
    assertThat(sessions.callerOf(session)).isEmpty();
    assertThat(audited("session.begin")).isEqualTo("user ann");
    assertThat(audited("session.end")).isEqualTo("user ann");
  }

  @Test
  void isNobodysWhenItIsMadeUp() {
    begin("correct horse");
    assertThat(sessions.callerOf(new Session("made up"))).isEmpty();
  }

  @Test
  void endsWithThePasswordThatOpenedItAndWithItsUser() {
    Session old = begin("correct horse");
    users.update(ann.id(), new Users.Change("battery staple", null, null), "admin");
    assertThat(sessions.callerOf(old)).isEmpty();
    Session fresh = begin("battery staple");
    users.update(ann.id(), new Users.Change(null, null, false), "admin");
    assertThat(sessions.callerOf(fresh)).isEmpty();
  }

  @Test
  void endsAfterHoursWithoutUseAndAfterADay() {
    Session idle = begin("correct horse");
    clock.leap(Sessions.IDLE);
    assertThat(sessions.callerOf(idle)).isEmpty();
    Session used = begin("correct horse");
    for (int hour = 1; hour < Sessions.LONGEST.toHours(); hour++) {
      clock.leap(Duration.ofHours(1));
      assertThat(sessions.callerOf(used)).as("after %d hours", hour).isPresent();
    }
    clock.leap(Duration.ofHours(1));
    assertThat(sessions.callerOf(used)).isEmpty();
  }

  @Test
  void letsNobodyInWhoMayOnlySend() {
    users.add("pbx", "correct horse", Set.of(Role.SWITCH), "admin");
    assertThat(sessions.begin("pbx", "correct horse", ADDRESS))
        .isInstanceOf(Sessions.Entry.NoReader.class);
    assertThat(sessions.begin("ann", "wrong", ADDRESS)).isInstanceOf(Sessions.Entry.Refused.class);
    assertThat(sessions.begin("bob", "wrong", ADDRESS)).isInstanceOf(Sessions.Entry.Refused.class);
  }

  @Test
  void locksOutAfterManyWrongPasswordsAndWritesItDown() {
    for (int guess = 0; guess < WrongPasswords.ALLOWED; guess++) {
      sessions.begin("ann", "guess " + guess, ADDRESS);
    }
    assertThat(sessions.begin("ann", "correct horse", ADDRESS))
        .isInstanceOf(Sessions.Entry.Locked.class);
    assertThat(audited("signin.locked")).isEqualTo("user ann");
    assertThat(database.count("SELECT COUNT(*) FROM audit_log WHERE action = 'signin.locked'"))
        .isEqualTo(1);
  }

  @Test
  void knowsOnEveryNodeForWhomAProviderVouchedUntilTheySignOut() {
    Session session = begin(new Identity("ann", "sub-1", Set.of(Role.OPERATOR), "id token"));
    assertThat(node().callerOf(session))
        .contains(new Caller("oidc:ann", Set.of(Role.OPERATOR), Set.of()));
    assertThat(audited("session.begin")).isEqualTo("user oidc:ann");
    assertThat(database.one("SELECT detail FROM audit_log WHERE action = 'session.begin'"))
        .isEqualTo("from 192.0.2.1, by OpenID Connect as sub-1, roles operator");
    assertThat(node().end(session)).contains("id token");
    assertThat(sessions.callerOf(session)).isEmpty();
    assertThat(audited("session.end")).isEqualTo("user oidc:ann");
    assertThat(sessions.end(session)).isEmpty();
  }

  @Test
  void endsWithTheTrustInTheProviderThatOpenedIt() {
    Session session = begin(new Identity("ann", "sub-1", Set.of(Role.READER), "id token"));
    Map<String, String> other = Map.of(ISSUER, "https://other.example", CLIENT, "waybill");
    assertThat(node(other).callerOf(session)).isEmpty();
    assertThat(node(Map.of()).callerOf(session)).isEmpty();
    assertThat(sessions.callerOf(session)).isPresent();
    clock.leap(Sessions.IDLE);
    assertThat(sessions.callerOf(session)).isEmpty();
  }

  @Test
  void keepsNamesThatAProviderMadeUpOutOfTheLogsWay() {
    Identity identity = new Identity("a\r\nb" + "x".repeat(500), "s", Set.of(Role.READER), "t");
    assertThat(begin(identity)).isNotNull();
    assertThat(audited("session.begin")).startsWith("user oidc:a  bx").hasSize(110);
  }

  @Test
  void isProvenOnlyByWhatFollowsFromItsToken() {
    Session session = new Session("token");
    assertThat(session.isProvenBy(session.proof())).isTrue();
    assertThat(session.isProvenBy(new Session("other").proof())).isFalse();
    assertThat(session.isProvenBy("token")).isFalse();
    assertThat(session.isProvenBy(null)).isFalse();
    assertThat(session.toString()).doesNotContain("token");
  }

  private Session begin(String password) {
    Sessions.Entry entry = sessions.begin("ann", password, ADDRESS);
    assertThat(entry).isInstanceOf(Sessions.Entry.Begun.class);
    return ((Sessions.Entry.Begun) entry).session();
  }

  private Session begin(Identity identity) {
    Sessions.Entry entry = sessions.begin(identity, ADDRESS);
    assertThat(entry).isInstanceOf(Sessions.Entry.Begun.class);
    return ((Sessions.Entry.Begun) entry).session();
  }

  private Sessions node() {
    return node(Map.of(ISSUER, "https://id.example", CLIENT, "waybill"));
  }

  private Sessions node(Map<String, String> settings) {
    return new Sessions(
        database.database(),
        new PasswordSignIn(users, passwords, clock),
        users,
        Settings.from(settings::get, settings.keySet()),
        clock);
  }

  private String audited(String action) {
    return database.one("SELECT subject FROM audit_log WHERE action = '" + action + "'");
  }
}
