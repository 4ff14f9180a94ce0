package org.waybill.call.events;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.waybill.call.events.CallMetrics.EventOutcome;
import org.waybill.collect.Refusal;
import org.waybill.platform.DatabaseException;

/**
 * Takes what the broker hands out, some at a time, and acknowledges it once it is durable. While
 * the database takes nothing it holds what it has, and gets no more; while there is no broker it
 * tries again and again.
 */
final class EventConsumer implements Runnable {
  private static final Logger LOG = System.getLogger(EventConsumer.class.getName());
  private static final int MOST = 100;

  /** The next ones are here while the ones before are committed. */
  private static final int PREFETCH = 2 * MOST;

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Broker broker;
  private final EventIntake intake;
  private final int maxBytes;
  private final CallMetrics metrics;
  private final CountDownLatch stopped;
  private boolean away;
  private boolean failing;

  EventConsumer(
      Broker broker,
      EventIntake intake,
      int maxBytes,
      CallMetrics metrics,
      CountDownLatch stopped) {
    this.broker = broker;
    this.intake = intake;
    this.maxBytes = maxBytes;
    this.metrics = metrics;
    this.stopped = stopped;
  }

  @Override
  public void run() {
    Duration pause = SHORTEST_PAUSE;
    while (!isStopped()) {
      try (BrokerSession session = broker.connect(PREFETCH)) {
        connected();
        pause = SHORTEST_PAUSE;
        consume(session);
      } catch (IOException | RuntimeException | Error e) {
        disconnected(e); // whatever it is, this thread must go on
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        metrics.connected(false);
      }
      pause = pause(pause);
    }
  }

  private void consume(BrokerSession session) throws IOException, InterruptedException {
    while (!isStopped()) {
      List<Delivery> some = session.next(MOST);
      if (!some.isEmpty()) {
        putAsideLarge(session, some);
        settle(session, some);
      }
    }
  }

  /** Until they are durable and acknowledged, or the broker has taken them back. */
  private void settle(BrokerSession session, List<Delivery> some)
      throws IOException, InterruptedException {
    Duration pause = SHORTEST_PAUSE;
    while (session.isOpen() && !isStopped()) {
      try {
        intake.take(messages(some));
        recovered();
        session.acknowledge(some.get(some.size() - 1));
        return;
      } catch (RuntimeException e) {
        if (e instanceof AlreadyClosedException) {
          throw e;
        }
        // What else goes wrong may be over soon, or be a bug: nothing leaves the broker for that.
        if (e instanceof DatabaseException && Refusal.isOfTheDocument(e)) {
          alone(session, some, e);
          return;
        }
        failed(e);
        pause = pause(pause);
      }
    }
  }

  /** Somewhere in it is one that can never be stored: its neighbours must not suffer. */
  private void alone(BrokerSession session, List<Delivery> some, RuntimeException e)
      throws IOException, InterruptedException {
    if (some.size() > 1) {
      settle(session, some.subList(0, some.size() / 2));
      settle(session, some.subList(some.size() / 2, some.size()));
      return;
    }
    deadLetter(session, some.get(0), "can be neither stored nor kept: " + e);
    session.acknowledge(some.get(0));
  }

  /** Those that are larger than any document may be; once, however often the others are tried. */
  private void putAsideLarge(BrokerSession session, List<Delivery> some)
      throws IOException, InterruptedException {
    for (Delivery delivery : some) {
      if (isLarge(delivery)) {
        deadLetter(session, delivery, "has more than " + maxBytes + " bytes");
      }
    }
  }

  private boolean isLarge(Delivery delivery) {
    return delivery.getBody().length > maxBytes;
  }

  private List<Message> messages(List<Delivery> some) {
    return some.stream()
        .filter(delivery -> !isLarge(delivery))
        .map(EventConsumer::message)
        .toList();
  }

  private static Message message(Delivery delivery) {
    return new Message(
        delivery.getBody(),
        delivery.getProperties().getContentType(),
        delivery.getEnvelope().getRoutingKey());
  }

  private void deadLetter(BrokerSession session, Delivery delivery, String why)
      throws IOException, InterruptedException {
    session.deadLetter(delivery);
    metrics.settled(EventOutcome.DEAD_LETTERED, 1);
    LOG.log(
        Level.ERROR,
        "WB-CALL-07 A message {0}. It is in the queue {1} now: look at it there, and publish it"
            + " again when the cause is gone.",
        why,
        broker.failed());
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Returns the next one. */
  private Duration pause(Duration pause) {
    try {
      if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return pause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void connected() {
    metrics.connected(true);
    away = false;
    LOG.log(
        Level.INFO, "WB-CALL-03 Lifecycle events are consumed from the queue {0}.", broker.queue());
  }

  private void disconnected(Throwable e) {
    if (!away && !isStopped()) {
      away = true;
      LOG.log(
          Level.ERROR,
          "WB-CALL-02 No lifecycle events can be consumed: the broker at "
              + broker.url().getHost()
              + " cannot be reached or ended the connection. It is tried again; the broker keeps"
              + " events meanwhile. See that it runs, and that WAYBILL_AMQP_URL is right.",
          e);
    }
  }

  private void failed(RuntimeException e) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.ERROR,
          "WB-CALL-05 Lifecycle events cannot be stored. They stay with the broker, and it is tried"
              + " again. See that the database is up, writable and not full.",
          e);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.log(Level.INFO, "WB-CALL-06 Lifecycle events are stored again.");
    }
  }
}
