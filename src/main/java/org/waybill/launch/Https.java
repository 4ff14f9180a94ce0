package org.waybill.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import org.waybill.platform.Settings;

/**
 * How the server speaks HTTPS. What is configured is read and copied to stores that Payara's
 * commands can name whatever the operator's paths and passwords look like. They are the listener's
 * own and not the process's, whose list of authorities is for the gateways.
 *
 * @param password of those stores, another one at each start
 * @param asksClients whether clients may show certificates
 */
record Https(int port, String password, boolean asksClients) {
  private static final String ALIAS = "waybill";
  private static final int PASSWORD_BYTES = 24;

  /** A wrong file ends the start here, and not the first handshake later. */
  static Optional<Https> of(Settings settings, Path temporary) {
    if (settings.httpsPort().isEmpty()) {
      return Optional.empty();
    }
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    copyKey(settings, temporary.resolve("https.p12"), password);
    settings
        .httpsClientCa()
        .ifPresent(pem -> copyAuthorities(pem, temporary.resolve("https-clients.p12"), password));
    int port = Ports.choose(settings.httpsPort().get());
    return Optional.of(new Https(port, password, settings.httpsClientCa().isPresent()));
  }

  private static void copyKey(Settings settings, Path copy, String password) {
    Path file = settings.httpsKeystore().toAbsolutePath();
    char[] secret = settings.httpsKeystorePassword().toCharArray();
    try {
      KeyStore given = KeyStore.getInstance(file.toFile(), secret);
      String alias = keyAlias(given);
      Key key = given.getKey(alias, secret);
      KeyStore own = empty();
      own.setKeyEntry(ALIAS, key, password.toCharArray(), given.getCertificateChain(alias));
      write(own, copy, password);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new StartException(
          "WB-START-14",
          "The keystore %s cannot be used (%s); set WAYBILL_HTTPS_KEYSTORE to a PKCS12 or JKS file with a key, and WAYBILL_HTTPS_KEYSTORE_PASSWORD to the password of both."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static String keyAlias(KeyStore keystore) throws GeneralSecurityException {
    for (String alias : Collections.list(keystore.aliases())) {
      if (keystore.isKeyEntry(alias)) {
        return alias;
      }
    }
    throw new GeneralSecurityException("it holds no key");
  }

  private static void copyAuthorities(Path pem, Path copy, String password) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore own = empty();
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        own.setCertificateEntry("authority-" + own.size(), authority);
      }
      if (own.size() == 0) {
        throw new GeneralSecurityException("it holds no certificate");
      }
      write(own, copy, password);
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException(
          "WB-START-15",
          "WAYBILL_HTTPS_CLIENT_CA is %s, which cannot be used (%s); set it to a file of certificates in PEM."
              .formatted(pem, e.getMessage()),
          e);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void write(KeyStore store, Path file, String password)
      throws IOException, GeneralSecurityException {
    DataDirectory.writeSecret(file, "");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "https://localhost:" + port;
  }
}
