package org.waybill.testing;

import java.net.URI;
import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.model.SystemConfig;

/**
 * A broker in this JVM, of which nothing has to be installed: Apache Qpid Broker-J, which speaks
 * the same AMQP 0-9-1. It forgets all when it ends.
 */
public final class EmbeddedBroker implements TestBroker {
  /** It logs each channel; held here, since the log manager holds none. */
  private static final Logger LOG = Logger.getLogger("qpid");

  private final SystemLauncher launcher = new SystemLauncher();
  private final int port = TestBroker.freePort();

  private EmbeddedBroker() {}

  /** Empty, and ready. */
  public static EmbeddedBroker started() throws Exception {
    LOG.setLevel(Level.WARNING);
    EmbeddedBroker broker = new EmbeddedBroker();
    URL configuration = EmbeddedBroker.class.getResource("/testing/embedded-broker.json");
    broker.launcher.startup(
        Map.of(
            "type",
            "Memory",
            SystemConfig.INITIAL_CONFIGURATION_LOCATION,
            Objects.requireNonNull(configuration).toExternalForm(),
            SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
            false,
            "context",
            Map.of(
                "waybill.broker.port",
                Integer.toString(broker.port),
                // As RabbitMQ has them, such as x-dead-letter-exchange.
                Queue.UNKNOWN_QUEUE_DECLARE_ARGUMENT_BEHAVIOUR_NAME,
                Queue.BehaviourOnUnknownDeclareArgument.IGNORE.name(),
                "qpid.broker.defaultPreferenceStoreAttributes",
                "{\"type\": \"Noop\"}")));
    return broker;
  }

  @Override
  public URI url() {
    return URI.create("amqp://guest:guest@127.0.0.1:" + port);
  }

  @Override
  public void close() {
    launcher.shutdown();
  }
}
