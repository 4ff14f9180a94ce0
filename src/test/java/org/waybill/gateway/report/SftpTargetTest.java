package org.waybill.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.gateway.Verdict;

/** Files on another host, which is a real SFTP server. */
class SftpTargetTest {
  private static final byte[] CONTENT = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path home;
  @TempDir private Path own;
  private final SshServer server = SshServer.setUpDefaultServer();
  private final KeyPair hostKey = keyPair();
  private final KeyPair userKey = keyPair();

  @BeforeEach
  void start() throws IOException {
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setFileSystemFactory(new VirtualFileSystemFactory(home));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.setPasswordAuthenticator((user, word, s) -> user.equals("cdr") && word.equals("p@ss"));
    server.setPublickeyAuthenticator(
        (user, key, session) -> KeyUtils.compareKeys(key, userKey.getPublic()));
    server.start();
    Files.createDirectory(home.resolve("in"));
    trust(hostKey.getPublic());
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(true);
  }

  @Test
  void putsAFileThereUnderItsNameAndLeavesNothingElse() throws IOException {
    assertThat(put("cdr:p%40ss", "/in")).isInstanceOf(Verdict.Delivered.class);
    assertThat(home.resolve("in/a.csv.gz")).hasBinaryContent(CONTENT);
    assertThat(names()).containsExactly("a.csv.gz");
  }

  @Test
  void putsItThereAgainWhenItIsNotKnownWhetherItWasPutThere() throws IOException {
    put("cdr:p%40ss", "/in/");
    assertThat(put("cdr:p%40ss", "/in/")).isInstanceOf(Verdict.Delivered.class);
    assertThat(home.resolve("in/a.csv.gz")).hasBinaryContent(CONTENT);
    assertThat(names()).containsExactly("a.csv.gz");
  }

  @Test
  void logsInWithAKey() throws Exception {
    Path file = own.resolve("key");
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(userKey, "waybill", null, out);
    }
    assertThat(put("cdr", "/in", file)).isInstanceOf(Verdict.Delivered.class);
  }

  @Test
  void sendsNothingToAHostThatIsNotKnown() throws IOException {
    Files.delete(own.resolve("known_hosts"));
    assertThat(blamed(put("cdr:p%40ss", "/in")))
        .contains("ssh-keyscan -p " + server.getPort())
        .contains("known_hosts");
    trust(keyPair().getPublic());
    assertThat(blamed(put("cdr:p%40ss", "/in"))).contains("is not the one in");
    assertThat(names()).isEmpty();
  }

  @Test
  void saysWhatMustBeDoneWhereItCannotWorkByItself() throws IOException {
    assertThat(blamed(put("cdr:wrong", "/in"))).contains("lets Waybill not log in");
    assertThat(blamed(put("cdr", "/in"))).contains("lets Waybill not log in");
    assertThat(blamed(put("cdr:p%40ss", "/out"))).startsWith("Make the directory /out");
    Verdict nobody =
        new SftpTarget(URI.create("sftp://127.0.0.1/in"), access(null)).put("a", CONTENT);
    assertThat(blamed(nobody)).contains("names no user");
  }

  @Test
  void blamesAHostThatIsAway() throws IOException {
    server.stop(true);
    assertThat(blamed(put("cdr:p%40ss", "/in")))
        .startsWith("The file could not be put on 127.0.0.1");
  }

  private Verdict put(String user, String directory) {
    return put(user, directory, null);
  }

  private Verdict put(String user, String directory, @Nullable Path key) {
    URI url = URI.create("sftp://" + user + "@127.0.0.1:" + server.getPort() + directory);
    return new SftpTarget(url, access(key)).put("a.csv.gz", CONTENT);
  }

  private SftpAccess access(@Nullable Path key) {
    return new SftpAccess(key, own.resolve("known_hosts"), Duration.ofSeconds(10));
  }

  private void trust(PublicKey key) throws IOException {
    Files.writeString(
        own.resolve("known_hosts"),
        "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + "\n");
  }

  private static String blamed(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Misconfigured.class);
    return ((Verdict.Misconfigured) verdict).reason();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("in"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
