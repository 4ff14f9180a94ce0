package org.waybill.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.platform.Settings;

class HttpsTest {
  @TempDir private Path files;

  @Test
  void isAbsentUnlessAPortIsSet() {
    Settings settings = Settings.from(property -> null, Map.<String, String>of().keySet());
    assertThat(Https.of(settings, files)).isEmpty();
  }

  @Test
  void copiesTheKeyWhateverItsPathAndPasswordLookLike()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keystore = files.resolve("my key$store.p12");
    keytool(keystore, "a \"pass\" $word");
    Https https = Https.of(settings(keystore, "a \"pass\" $word"), files).orElseThrow();

    Path copy = files.resolve("https.p12");
    KeyStore own = KeyStore.getInstance(copy.toFile(), https.password().toCharArray());
    assertThat(own.getKey("waybill", https.password().toCharArray())).isNotNull();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(https.asksClients()).isFalse();
    assertThat(https.toString()).doesNotContain(https.password());
  }

  @Test
  void endsTheStartOverAFileThatIsNoKeystore() throws IOException, InterruptedException {
    Path text = Files.writeString(files.resolve("text"), "no keystore");
    Path keystore = files.resolve("server.p12");
    keytool(keystore, "right password");
    for (Settings wrong :
        new Settings[] {
          settings(text, "x"),
          settings(files.resolve("absent"), "x"),
          settings(keystore, "wrong password")
        }) {
      assertThatThrownBy(() -> Https.of(wrong, files))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("WAYBILL_HTTPS_KEYSTORE");
    }
  }

  private static Settings settings(Path keystore, String password) {
    Map<String, String> set =
        new HashMap<>(
            Map.of(
                "waybill.https.port",
                "0",
                "waybill.https.keystore",
                keystore.toString(),
                "waybill.https.keystore.password",
                password));
    return Settings.from(set::get, set.keySet());
  }

  private static void keytool(Path keystore, String password)
      throws IOException, InterruptedException {
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "some",
                "-dname",
                "CN=localhost",
                "-keystore",
                keystore.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(made.waitFor()).isZero();
  }
}
