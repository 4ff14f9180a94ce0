package org.waybill.call.events;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must be at the broker before anything can be consumed. What is missing is declared; what is
 * there otherwise is taken as it is, since others may have had their reasons.
 */
final class Topology {
  private static final Logger LOG = System.getLogger(Topology.class.getName());

  private Topology() {}

  /** Something to declare. A refusal closes the channel, so each has its own. */
  @FunctionalInterface
  private interface Declaration {
    void on(Channel channel) throws IOException;
  }

  static void declare(Broker broker, Connection connection) throws IOException {
    String exchange = broker.exchange();
    String queue = broker.queue();
    String failed = broker.failed();
    BuiltinExchangeType topic = BuiltinExchangeType.TOPIC;
    declare(connection, "exchange " + exchange, on -> on.exchangeDeclare(exchange, topic, true));
    declare(connection, "exchange " + failed, on -> on.exchangeDeclare(failed, topic, true));
    declare(
        connection,
        "queue " + failed,
        on -> {
          on.queueDeclare(failed, true, false, false, Map.of());
          on.queueBind(failed, failed, "#");
        });
    Map<String, Object> arguments = Map.of("x-dead-letter-exchange", failed);
    declare(
        connection, "queue " + queue, on -> on.queueDeclare(queue, true, false, false, arguments));
    declare(
        connection,
        "binding of the queue " + queue + " to the exchange " + exchange,
        on -> on.queueBind(queue, exchange, "#"));
  }

  private static void declare(Connection connection, String what, Declaration declaration)
      throws IOException {
    Channel channel = connection.createChannel();
    try {
      declaration.on(channel);
      channel.abort();
    } catch (IOException e) {
      AMQP.Channel.Close refusal = refusal(e);
      if (refusal == null) {
        throw e;
      }
      LOG.log(
          Level.WARNING,
          "WB-CALL-04 The broker does not let Waybill declare the {0} ({1}). It is used as it is;"
              + " delete it if Waybill is to make it, or give Waybill''s user the right to.",
          what,
          refusal.getReplyText());
    }
  }

  /** Why the channel was closed, if it is there otherwise or not ours to make. */
  private static AMQP.Channel.@Nullable Close refusal(IOException e) {
    if (e.getCause() instanceof ShutdownSignalException signal) {
      Method reason = signal.getReason();
      if (reason instanceof AMQP.Channel.Close close
          && (close.getReplyCode() == AMQP.PRECONDITION_FAILED
              || close.getReplyCode() == AMQP.ACCESS_REFUSED)) {
        return close;
      }
    }
    return null;
  }
}
