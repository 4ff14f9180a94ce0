package org.waybill.call.events;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.RabbitMq;

/** With the broker that platforms use. */
@Tag("any-database")
class RabbitMqIT extends ConsumerCases {
  @SuppressWarnings("NullAway.Init") // before all
  private static RabbitMq rabbit;

  @BeforeAll
  static void startBroker() {
    rabbit = RabbitMq.started();
  }

  @AfterAll
  static void stopBroker() {
    if (rabbit != null) { // it is not installed
      rabbit.close();
    }
  }

  RabbitMqIT() {
    super(rabbit);
  }

  @Test
  void goesOnWhereItWasWhenTheBrokerIsKilled() throws Exception {
    publish(calls(0, 60));
    rabbit.kill();
    rabbit.start();
    publish(calls(60, 100));
    await(() -> count("call_events") == 500);
    assertAllAcknowledged();
  }
}
