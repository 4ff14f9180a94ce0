package org.waybill.call.events;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection that consumes. What it has handed out and what was not acknowledged when it ends
 * the broker hands out again.
 */
final class BrokerSession implements AutoCloseable {
  private static final long POLL_MILLIS = 500;
  private static final long CONFIRM_MILLIS = 5_000;

  private final Broker broker;
  private final Connection connection;
  private final Channel channel;
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private volatile boolean cancelled;

  private BrokerSession(Broker broker, Connection connection) throws IOException {
    this.broker = broker;
    this.connection = connection;
    this.channel = connection.createChannel();
  }

  static BrokerSession open(Broker broker, Connection connection, int prefetch) throws IOException {
    try {
      Topology.declare(broker, connection);
      BrokerSession session = new BrokerSession(broker, connection);
      session.consume(prefetch);
      return session;
    } catch (IOException | RuntimeException e) {
      connection.abort();
      throw e;
    }
  }

  private void consume(int prefetch) throws IOException {
    channel.basicQos(prefetch);
    channel.confirmSelect();
    channel.basicConsume(
        broker.queue(),
        false,
        (tag, delivery) -> deliveries.add(delivery),
        tag -> cancelled = true);
  }

  /**
   * Waits for a moment for some.
   *
   * @throws IOException when no more can come
   */
  List<Delivery> next(int most) throws IOException, InterruptedException {
    List<Delivery> some = new ArrayList<>();
    Delivery first = deliveries.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    if (first != null) {
      some.add(first);
      deliveries.drainTo(some, most - 1);
    }
    if (!isOpen()) {
      throw new IOException(cancelled ? "The queue is gone." : "The connection is closed.");
    }
    return some;
  }

  boolean isOpen() {
    return channel.isOpen() && !cancelled;
  }

  /** Up to and with this one. */
  void acknowledge(Delivery last) throws IOException {
    channel.basicAck(last.getEnvelope().getDeliveryTag(), true);
  }

  /**
   * Puts a copy where messages go that cannot be kept, durably: the queue may have been declared by
   * others, without that place.
   */
  void deadLetter(Delivery delivery) throws IOException, InterruptedException {
    AMQP.BasicProperties durable = delivery.getProperties().builder().deliveryMode(2).build();
    String key = delivery.getEnvelope().getRoutingKey();
    channel.basicPublish(broker.failed(), key, durable, delivery.getBody());
    try {
      channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
    } catch (TimeoutException e) {
      throw new IOException("The broker does not confirm.", e);
    } catch (ShutdownSignalException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    connection.abort((int) CONFIRM_MILLIS);
  }
}
