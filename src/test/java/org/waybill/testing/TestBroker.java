package org.waybill.testing;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;

/** An AMQP broker of a test's own. */
public interface TestBroker extends AutoCloseable {
  URI url();

  @Override
  void close();

  /** For whatever a test does with it. */
  default Connection connect() throws IOException {
    try {
      ConnectionFactory factory = new ConnectionFactory();
      factory.setUri(url());
      factory.setAutomaticRecoveryEnabled(false);
      return factory.newConnection("test");
    } catch (TimeoutException | GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Messages that wait in a queue. */
  default long waiting(String queue) {
    try (Connection connection = connect()) {
      return connection.createChannel().messageCount(queue);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
