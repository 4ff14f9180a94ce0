package org.waybill.call.events;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.waybill.testing.EmbeddedBroker;
import org.waybill.testing.TestBroker;

/** With a broker that needs no installation. */
class EventConsumerTest extends ConsumerCases {
  @SuppressWarnings("NullAway.Init") // before all
  private static TestBroker embedded;

  @BeforeAll
  static void startBroker() throws Exception {
    embedded = EmbeddedBroker.started();
  }

  @AfterAll
  static void stopBroker() {
    embedded.close();
  }

  EventConsumerTest() {
    super(embedded);
  }
}
