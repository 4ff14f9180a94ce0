package org.waybill.call.events;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * The message broker and what is consumed there.
 *
 * @param exchange a durable topic exchange
 * @param queue a durable queue, bound to all that the exchange gets
 */
record Broker(URI url, String exchange, String queue) {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final int HEARTBEAT_SECONDS = 10;

  /** The most that RabbitMQ can be told to take: a longer one would end each connection anew. */
  private static final int LONGEST_MESSAGE = 512 << 20;

  /**
   * Where messages go that can neither be stored nor kept: an exchange, and a queue bound to it.
   */
  String failed() {
    return queue + ".failed";
  }

  /**
   * @throws IOException when it cannot be reached, or does not let us in
   */
  BrokerSession connect(int prefetch) throws IOException {
    try {
      return BrokerSession.open(this, factory().newConnection("waybill"), prefetch);
    } catch (TimeoutException | GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Without the client's own recovery: whoever consumes connects again, and knows then. */
  private ConnectionFactory factory() throws GeneralSecurityException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(url);
    if (url.getScheme().equals("amqps")) {
      factory.useSslProtocol(SSLContext.getDefault());
      factory.enableHostnameVerification();
    }
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setConnectionTimeout((int) TO_CONNECT.toMillis());
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    factory.setMaxInboundMessageBodySize(LONGEST_MESSAGE);
    factory.setThreadFactory(
        work -> {
          Thread thread = new Thread(work, "waybill-amqp");
          thread.setDaemon(true);
          return thread;
        });
    return factory;
  }
}
