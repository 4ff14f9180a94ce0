package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.gateway.Verdict.Misconfigured;
import org.waybill.gateway.Verdict.Transient;
import org.waybill.task.Gateway;

class HttpGatewayTlsTest {
  private static final String PASSWORD = "changeit";

  private final HttpGateway sender =
      new HttpGateway(Duration.ofSeconds(2), Duration.ofSeconds(15), Clock.systemUTC());

  @Test
  void callsACertificateThatNobodyVouchesForMisconfigured(@TempDir Path directory)
      throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory)));
    server.start();
    try {
      String url = "https://localhost:" + server.getAddress().getPort() + "/";

      Verdict verdict = send(url);

      assertThat(verdict).isInstanceOf(Misconfigured.class);
      assertThat(((Misconfigured) verdict).reason()).startsWith("Certificate problem at " + url);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void doesNotBlameACertificateWhenTheOtherSideHangsUp() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread other =
          new Thread(
              () -> {
                try (Socket socket = listening.accept()) {
                  int unused = socket.getInputStream().read();
                } catch (IOException e) {
                  // The test is over.
                }
              });
      other.start();

      assertThat(send("https://localhost:" + listening.getLocalPort() + "/"))
          .isInstanceOf(Transient.class);
    }
  }

  private Verdict send(String url) {
    Gateway gateway =
        new Gateway(1, "storage", null, URI.create(url), null, null, true, false, 32, null, 0);
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return sender.send(gateway, new Shipment("7-storage-0", 1, body)).join();
  }

  private static SSLContext selfSigned(Path directory)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = directory.resolve("keys.p12");
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "gateway",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD)
        .inheritIO()
        .start()
        .waitFor();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
