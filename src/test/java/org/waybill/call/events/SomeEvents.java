package org.waybill.call.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.waybill.testing.TestBroker;

/** Events of a call as platforms publish them. */
public final class SomeEvents {
  static final Instant START = Instant.parse("2026-11-21T11:00:00.250Z");

  private SomeEvents() {}

  /** Answered after 5 s, ended after 65 s, of a known user, with a recording. */
  static List<Message> call(String callId, String tenant) {
    return List.of(
        started(callId, tenant),
        answered(callId),
        identified(callId, tenant),
        recording(callId),
        ended(callId, "normal_clearing_by_user"));
  }

  static Message started(String callId, String tenant) {
    return json(
        "call.started",
        """
        {"eventType":"call.started","traceId":"t-1","callId":"%s",
         "fromUri":"\\"Alice\\" <sip:+905321234567@gw.example;user=phone>;tag=1",
         "toUri":"sip:4000@pbx.example","timestamp":"%s",
         "mediaInfo":{"callerRtpAddr":"192.0.2.1:4000","serverRtpPort":10000},
         "dialplanResolution":{"dialplanId":"d","tenantId":"%s","action":{"action":"A"}}}"""
            .formatted(callId, START, tenant));
  }

  static Message answered(String callId) {
    return json(
        "call.answered",
        "{\"eventType\":\"call.answered\",\"traceId\":\"t-1\",\"callId\":\"%s\",\"timestamp\":\"%s\"}"
            .formatted(callId, START.plusSeconds(5)));
  }

  static Message identified(String callId, String tenant) {
    return json(
        "user.identified.for_call",
        """
        {"eventType":"user.identified.for_call","traceId":"t-1","callId":"%s","userId":"u-7",
         "contactId":42,"tenantId":"%s","timestamp":"%s"}"""
            .formatted(callId, tenant, START.plusSeconds(1)));
  }

  static Message recording(String callId) {
    return json(
        "call.recording.available",
        "{\"callId\":\"%s\",\"uri\":\"s3://recordings/%s.wav\",\"timestamp\":\"%s\"}"
            .formatted(callId, callId, START.plusSeconds(67)));
  }

  static Message ended(String callId, String reason) {
    return json(
        "call.ended",
        """
        {"eventType":"call.ended","traceId":"t-1","callId":"%s","reason":"%s",
         "timestamp":"2026-11-21T14:01:05.900+03:00"}"""
            .formatted(callId, reason));
  }

  static Message json(String type, String body) {
    return new Message(body.getBytes(UTF_8), "application/json", type);
  }

  /** Durably: returns when the broker has confirmed all. */
  static void publish(TestBroker broker, String exchange, List<Message> messages)
      throws IOException, InterruptedException, TimeoutException {
    try (Connection connection = broker.connect();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      for (Message one : messages) {
        AMQP.BasicProperties properties =
            new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .contentType(one.contentType())
                .build();
        channel.basicPublish(exchange, one.routingKey(), properties, one.body());
      }
      channel.waitForConfirmsOrDie(30_000);
    }
  }

  /** One of {@code sentiric.event.v1}. */
  static Message protobuf(String type, Fields fields) {
    return new Message(fields.text(1, type).text(2, "trace-1").bytes(), null, type);
  }

  static Fields fields() {
    return new Fields();
  }

  /** The fields of a protobuf message, in the order in which they are added. */
  static final class Fields {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    Fields text(int number, String text) {
      return write(() -> out.writeString(number, text));
    }

    Fields number(int number, long value) {
      return write(() -> out.writeInt64(number, value));
    }

    Fields message(int number, Fields inner) {
      return write(() -> out.writeByteArray(number, inner.bytes()));
    }

    Fields time(int number, Instant at) {
      return message(number, fields().number(1, at.getEpochSecond()).number(2, at.getNano()));
    }

    byte[] bytes() {
      write(out::flush);
      return bytes.toByteArray();
    }

    private interface Writing {
      void run() throws IOException;
    }

    private Fields write(Writing writing) {
      try {
        writing.run();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
