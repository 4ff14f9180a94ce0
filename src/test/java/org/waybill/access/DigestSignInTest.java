package org.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl;
import org.junit.jupiter.api.Test;
import org.waybill.access.StoredDigest.DigestAlgorithm;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.TestEntities;

class DigestSignInTest {
  private static final String TARGET = "/api/collect/freeswitch?uuid=a_1";
  private static final String ADDRESS = "192.0.2.1";
  private static final String PASSWORD = "correct horse";

  private final LeapingClock clock = new LeapingClock(Instant.parse("2026-11-21T10:00:00Z"));
  private final TestDatabase db = TestDatabase.fresh();
  private final Users users =
      new Users(
          new TestEntities(db),
          new Passwords(
              new Pbkdf2PasswordHashImpl(), Map.of("Pbkdf2PasswordHash.Iterations", "1024")),
          clock);
  private final DigestSignIn digests = new DigestSignIn(users, db.database(), clock);

  @Test
  void readsTheExampleOfRfc7616() {
    String header =
        """
        Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", \
        algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, \
        cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, \
        response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", \
        opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"""";
    DigestCredentials given = (DigestCredentials) Credentials.read(header);
    String realm = "Mufasa:http-auth@example.org:Circle of Life";
    StoredDigest stored =
        new StoredDigest(DigestAlgorithm.SHA_256.hash(realm), DigestAlgorithm.MD5.hash(realm));

    assertThat(given.expected(stored, "GET")).isEqualTo(given.response());
    assertThat(given.count()).isEqualTo(1);
  }

  @Test
  void readsQuotedQuotesAndNothingThatLacksAPart() {
    DigestCredentials given =
        (DigestCredentials)
            Credentials.read(
                "Digest username=\"a \\\"b\\\" c\",nonce=\"n\",uri=\"/\",response=\"r\",cnonce=\"c\","
                    + "nc=0000000a,qop=\"auth\"");
    assertThat(given.name()).isEqualTo("a \"b\" c");
    assertThat(given.algorithm()).isEqualTo(DigestAlgorithm.MD5);
    assertThat(given.count()).isEqualTo(10);
    for (String wrong :
        List.of("Digest", "Digest username=\"a\"", "Digest =,=,\"", "Digest a=\"")) {
      assertThat(Credentials.read(wrong)).isInstanceOf(Credentials.None.class);
    }
  }

  @Test
  void letsASwitchInThatOptedInByEitherAlgorithm() {
    add("pbx", true);
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      SignIn signIn = signIn(given("pbx", PASSWORD, algorithm, nonce(), 1));
      assertThat(signIn).isInstanceOf(SignIn.Accepted.class);
      assertThat(((SignIn.Accepted) signIn).caller().roles()).containsExactly(Role.SWITCH);
    }
  }

  @Test
  void refusesAWrongPasswordAnotherAddressAndWhoDidNotOptIn() {
    add("pbx", true);
    add("other", false);
    String nonce = nonce();
    assertThat(signIn(given("pbx", "wrong", DigestAlgorithm.MD5, nonce, 1)))
        .isInstanceOf(SignIn.Refused.class);
    assertThat(signIn(given("other", PASSWORD, DigestAlgorithm.MD5, nonce, 1)))
        .isInstanceOf(SignIn.Refused.class);
    DigestCredentials right = given("pbx", PASSWORD, DigestAlgorithm.MD5, nonce, 1);
    assertThat(digests.signIn(right, "POST", "/elsewhere", ADDRESS))
        .isInstanceOf(SignIn.Refused.class);
    assertThat(digests.signIn(right, "GET", TARGET, ADDRESS)).isInstanceOf(SignIn.Refused.class);
    assertThat(digests.serves("pbx")).isTrue();
    assertThat(digests.serves("other")).isFalse();
  }

  @Test
  void takesNoRequestTwiceAndNoOldOrForeignNonce() {
    add("pbx", true);
    String nonce = nonce();
    assertThat(signIn(given("pbx", PASSWORD, DigestAlgorithm.SHA_256, nonce, 1)))
        .isInstanceOf(SignIn.Accepted.class);
    assertThat(signIn(given("pbx", PASSWORD, DigestAlgorithm.SHA_256, nonce, 1)))
        .isInstanceOf(SignIn.Stale.class);
    assertThat(signIn(given("pbx", PASSWORD, DigestAlgorithm.SHA_256, nonce, 2)))
        .isInstanceOf(SignIn.Accepted.class);
    clock.leap(DigestNonces.LIFE.plusSeconds(1));
    assertThat(signIn(given("pbx", PASSWORD, DigestAlgorithm.SHA_256, nonce, 3)))
        .isInstanceOf(SignIn.Stale.class);
    String foreign = new DigestNonces(clock, () -> new byte[32]).fresh();
    assertThat(signIn(given("pbx", PASSWORD, DigestAlgorithm.SHA_256, foreign, 1)))
        .isInstanceOf(SignIn.Stale.class);
    assertThat(digests.challenges(new SignIn.Stale()).get(0)).contains("stale=true");
  }

  @Test
  void takesANonceThatAnotherNodeGaveOut() {
    add("pbx", true);
    DigestSignIn other = new DigestSignIn(users, db.database(), clock);
    String nonce = nonce();
    for (int count = 1; count <= 4; count++) {
      DigestCredentials given = given("pbx", PASSWORD, DigestAlgorithm.SHA_256, nonce, count);
      DigestSignIn node = count % 2 == 0 ? digests : other;
      assertThat(node.signIn(given, "POST", TARGET, ADDRESS)).isInstanceOf(SignIn.Accepted.class);
    }
    assertThat(db.count("SELECT COUNT(*) FROM secrets")).isEqualTo(1);
  }

  @Test
  void forgetsNoUseOfANonceThatItStillTakes() {
    DigestNonces nonces = new DigestNonces(clock, () -> new byte[32]);
    String first = nonces.fresh();
    assertThat(nonces.use(first, 1)).isTrue();
    for (int i = 0; i < 10_500; i++) {
      clock.leap(Duration.ofMillis(1));
      assertThat(nonces.use(nonces.fresh(), 1)).isTrue();
    }
    assertThat(nonces.use(first, 2)).isFalse();
  }

  @Test
  void offersDigestOnlyWhenSomebodyOptedInAndTheSafeOneFirst() {
    add("other", false);
    assertThat(digests.challenges(new SignIn.Refused())).isEmpty();
    add("pbx", true);
    assertThat(digests.challenges(new SignIn.Refused()))
        .hasSize(2)
        .allSatisfy(it -> assertThat(it).startsWith("Digest realm=\"Waybill\", qop=\"auth\""))
        .first()
        .satisfies(it -> assertThat(it).contains("algorithm=SHA-256").doesNotContain("stale"));
  }

  @Test
  void keepsTheDigestWithThePasswordAndOnlyForAPureSwitch() {
    User pbx = add("pbx", true);
    users.update(pbx.id(), new Users.Change("other words", null, null, null), "admin");
    assertThat(signIn(given("pbx", "other words", DigestAlgorithm.MD5, nonce(), 1)))
        .isInstanceOf(SignIn.Accepted.class);
    Set<String> more = Set.of(Role.SWITCH, Role.READER);
    users.update(pbx.id(), new Users.Change(null, more, null, null), "admin");
    assertThat(digests.serves("pbx")).isFalse();
    users.update(pbx.id(), new Users.Change(null, Set.of(Role.SWITCH), null, null), "admin");
    assertThat(digests.serves("pbx")).as("it is not brought back").isFalse();
  }

  @Test
  void takesTheNameOfAKeyFromACertificate() {
    assertThat(ClientCertificate.commonName("CN=pbx-7,O=Example\\, Ltd,C=FR")).hasValue("pbx-7");
    assertThat(ClientCertificate.commonName("O=Example")).isEmpty();
  }

  private User add(String name, boolean digest) {
    return users.add(name, new Users.Change(PASSWORD, Set.of(Role.SWITCH), true, digest), "admin");
  }

  private SignIn signIn(DigestCredentials given) {
    return digests.signIn(given, "POST", TARGET, ADDRESS);
  }

  private String nonce() {
    Matcher nonce =
        Pattern.compile("nonce=\"([^\"]+)\"")
            .matcher(digests.challenges(new SignIn.Refused()).get(0));
    assertThat(nonce.find()).isTrue();
    return nonce.group(1);
  }

  private static DigestCredentials given(
      String name, String password, DigestAlgorithm algorithm, String nonce, int count) {
    String nc = "%08x".formatted(count);
    DigestCredentials unsigned =
        new DigestCredentials(name, nonce, TARGET, "", algorithm, "cnonce", nc);
    String response = unsigned.expected(StoredDigest.of(name, password), "POST");
    return new DigestCredentials(name, nonce, TARGET, response, algorithm, "cnonce", nc);
  }
}
