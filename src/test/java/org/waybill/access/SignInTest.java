package org.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.platform.Settings;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.TestEntities;

class SignInTest {
  private static final Map<String, String> WEAK = Map.of("Pbkdf2PasswordHash.Iterations", "1024");
  private static final String ADDRESS = "192.0.2.1";

  private final TestDatabase database = TestDatabase.fresh();
  private final TestEntities entities = new TestEntities(database);
  private final LeapingClock clock = new LeapingClock(Instant.parse("2026-11-21T10:00:00Z"));
  private final Passwords passwords = new Passwords(new Pbkdf2PasswordHashImpl(), WEAK);
  private final Users users = new Users(entities, passwords, clock);
  private final ApiKeys keys = new ApiKeys(entities, clock);
  private final PasswordSignIn signIn = new PasswordSignIn(users, passwords, clock);

  @Test
  void acceptsAUserByNameAndPassword() {
    users.add("ann", "correct horse", Set.of(Role.OPERATOR), "admin");
    Caller ann = accepted(signIn.signIn("ann", "correct horse", ADDRESS));
    assertThat(ann.name()).isEqualTo("ann");
    assertThat(ann.roles()).containsExactlyInAnyOrder(Role.OPERATOR, Role.READER);
    assertThat(signIn.signIn("ann", "wrong horse", ADDRESS)).isInstanceOf(SignIn.Refused.class);
    assertThat(signIn.signIn("bob", "correct horse", ADDRESS)).isInstanceOf(SignIn.Refused.class);
  }

  @Test
  void letsAnOldPasswordInNoMoreOnceItIsChanged() {
    User ann = users.add("ann", "old password", Set.of(Role.READER), "admin");
    accepted(signIn.signIn("ann", "old password", ADDRESS));
    users.update(ann.id(), new Users.Change("new password", null, null), "admin");
    assertThat(signIn.signIn("ann", "old password", ADDRESS)).isInstanceOf(SignIn.Refused.class);
    accepted(signIn.signIn("ann", "new password", ADDRESS));
  }

  @Test
  void seesWithinASecondWhatAnotherNodeChanged() {
    Users otherNode = new Users(entities, passwords, clock);
    User ann = otherNode.add("ann", "correct horse", Set.of(Role.READER), "admin");
    accepted(signIn.signIn("ann", "correct horse", ADDRESS));
    otherNode.update(ann.id(), new Users.Change(null, null, false), "admin2");
    clock.leap(Duration.ofSeconds(1));
    assertThat(signIn.signIn("ann", "correct horse", ADDRESS)).isInstanceOf(SignIn.Refused.class);
  }

  @Test
  void slowsDownGuessingWithoutLockingOthersOut() {
    users.add("ann", "correct horse", Set.of(Role.READER), "admin");
    for (int guess = 0; guess < WrongPasswords.ALLOWED; guess++) {
      signIn.signIn("ann", "guess " + guess, ADDRESS);
    }
    assertThat(signIn.signIn("ann", "correct horse", ADDRESS)).isInstanceOf(SignIn.TooMany.class);
    accepted(signIn.signIn("ann", "correct horse", "192.0.2.2"));
    clock.leap(WrongPasswords.WINDOW);
    accepted(signIn.signIn("ann", "correct horse", ADDRESS));
  }

  /** As a switch begins whose connections all show the same name and password. */
  @Test
  void checksThePasswordOfManyAtOnceNoMoreOftenThanItChecksAtATime() throws Exception {
    users.add("ann", "correct horse", Set.of(Role.SWITCH), "admin");
    AtomicInteger checks = new AtomicInteger();
    Pbkdf2PasswordHashImpl counting =
        new Pbkdf2PasswordHashImpl() {
          @Override
          public boolean verify(char[] password, String hashedPassword) {
            checks.incrementAndGet();
            return super.verify(password, hashedPassword);
          }
        };
    PasswordSignIn many = new PasswordSignIn(users, new Passwords(counting, WEAK), clock);
    ExecutorService connections = Executors.newFixedThreadPool(16);
    List<Callable<SignIn>> attempts =
        Collections.nCopies(64, () -> many.signIn("ann", "correct horse", ADDRESS));
    for (Future<SignIn> attempt : connections.invokeAll(attempts)) {
      accepted(attempt.get());
    }
    connections.shutdown();
    assertThat(checks.get())
        .isLessThanOrEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  @Test
  void acceptsAKeyUntilItIsRevoked() {
    ApiKeys.Issued issued = keys.issue("pbx", Set.of(Role.SWITCH), Set.of(1001, 1002), "admin");
    assertThat(issued.key()).matches("wb_[A-Za-z0-9_-]{43}");
    Caller caller = keys.callerOf(issued.key()).orElseThrow();
    assertThat(caller.name()).isEqualTo("key:pbx");
    assertThat(caller.maySendFor(1002)).isTrue();
    assertThat(caller.maySendFor(1003)).isFalse();
    assertThat(keys.all()).containsExactly(issued.values());
    assertThat(keys.revoke(issued.values().id(), "admin")).isTrue();
    assertThat(keys.callerOf(issued.key())).isEmpty();
    assertThat(keys.revoke(issued.values().id(), "admin")).isFalse();
  }

  @Test
  void keepsTheLastActiveAdmin() {
    User ann = users.add("ann", "correct horse", Set.of(Role.ADMIN), "admin");
    assertThatThrownBy(() -> users.remove(ann.id(), "ann")).isInstanceOf(AlreadyThere.class);
    Users.Change demotion = new Users.Change(null, Set.of(Role.READER), null);
    assertThatThrownBy(() -> users.update(ann.id(), demotion, "ann"))
        .isInstanceOf(AlreadyThere.class);
    users.add("bob", "correct horse", Set.of(Role.ADMIN), "ann");
    assertThat(users.remove(ann.id(), "bob")).isTrue();
    assertThat(users.all()).extracting(User::name).containsExactly("bob");
  }

  @Test
  void makesTheFirstAdminOnceThoughTwoNodesStartTogether(@TempDir Path data) throws IOException {
    CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> node(data).make());
    boolean here = node(data).make();
    assertThat(here ^ other.join()).isTrue();
    assertThat(node(data).make()).isFalse();
    Path file = data.resolve("admin-password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Caller admin = accepted(signIn.signIn("admin", Files.readString(file).strip(), ADDRESS));
    assertThat(admin.roles()).isEqualTo(Role.ALL);
  }

  private FirstAdmin node(Path data) {
    Map<String, String> set = Map.of("waybill.data.dir", data.toString());
    return new FirstAdmin(database.database(), passwords, Settings.from(set::get, set.keySet()));
  }

  private static Caller accepted(SignIn signIn) {
    assertThat(signIn).isInstanceOf(SignIn.Accepted.class);
    return ((SignIn.Accepted) signIn).caller();
  }
}
