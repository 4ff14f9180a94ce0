package org.waybill.console;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.waybill.report.AnswerFigures;
import org.waybill.report.CircuitChange;
import org.waybill.report.QueueStanding;
import org.waybill.task.Gateway;
import org.waybill.task.MaskedUrl;
import org.waybill.task.NewGateway;

/** A gateway as admins write it and readers see it: never with its credentials. */
final class GatewayBody {
  private static final int URL = 2000;
  private static final int NAME = 128;
  private static final URI NO_URL = URI.create("");

  private GatewayBody() {}

  /**
   * Null when a rule is broken, which {@link JsonBody#done} then says.
   *
   * @param before the gateway that is changed: its name and credentials stay where none are given
   */
  static @Nullable NewGateway read(JsonBody body, @Nullable Gateway before) {
    String kind = body.text("kind", 16);
    String named = body.optionalText("name", NAME);
    String name = named == null && before != null ? before.name() : named;
    URI url = url(body, before);
    Integer rmOrgId = body.number("rmOrgID", 1);
    String authorization = body.optionalText("authorization", URL);
    Integer maxInFlight = body.number("maxInFlight", 1);
    Integer ratePerSecond = body.number("ratePerSecond", 1);
    if (kind.isEmpty() || url.equals(NO_URL)) {
      return null;
    }
    try {
      return new NewGateway(
          kind,
          name,
          url,
          rmOrgId,
          authorization == null && before != null ? before.authorization() : authorization,
          maxInFlight == null ? NewGateway.usualMaxInFlight(kind) : maxInFlight,
          ratePerSecond);
    } catch (IllegalArgumentException e) {
      String sentence = String.valueOf(e.getMessage());
      body.wrong(sentence.startsWith("The url") ? "url" : "kind", sentence);
      return null;
    }
  }

  /** After {@link JsonBody#done}, when nothing can be missing any more. */
  static NewGateway whole(@Nullable NewGateway values) {
    return Objects.requireNonNull(values);
  }

  private static URI url(JsonBody body, @Nullable Gateway before) {
    try {
      URI url = new URI(body.text("url", URL));
      return MaskedUrl.unmasked(url, before == null ? null : before.url());
    } catch (URISyntaxException e) {
      body.wrong("url", "It is not a URL: " + e.getReason() + ".");
    } catch (IllegalArgumentException e) {
      body.wrong("url", String.valueOf(e.getMessage()));
    }
    return NO_URL;
  }

  static JsonMembers json(Gateway gateway) {
    return new JsonMembers()
        .add("id", gateway.id())
        .add("kind", gateway.kind())
        .add("name", gateway.name())
        .add("url", MaskedUrl.of(gateway.url()))
        .add("rmOrgID", gateway.rmOrgId())
        .add("hasAuthorization", gateway.authorization() != null)
        .add("active", gateway.active())
        .add("paused", gateway.paused())
        .add("maxInFlight", gateway.maxInFlight())
        .add("ratePerSecond", gateway.ratePerSecond());
  }

  static JsonObject json(Gateway gateway, QueueStanding queue, AnswerFigures figures) {
    JsonObject circuit =
        new JsonMembers()
            .add("state", queue.circuit())
            .add("since", queue.circuitSince())
            .add("nextProbe", queue.nextProbe())
            .add("reason", queue.circuitReason())
            .build();
    return json(gateway)
        .add("circuit", circuit)
        .add("backlog", queue.backlog())
        .add("backlogIsMore", queue.backlog() == QueueStanding.COUNTED)
        .add("oldest", queue.oldest())
        .add("owner", queue.owner())
        .add("inFlight", queue.inFlight())
        .add("lately", lately(figures))
        .build();
  }

  static JsonObject json(CircuitChange change) {
    return new JsonMembers()
        .add("id", change.id())
        .add("at", change.at())
        .add("from", change.from())
        .add("to", change.to())
        .add("reason", change.reason())
        .add("trips", change.trips())
        .add("node", change.node())
        .build();
  }

  private static JsonObject lately(AnswerFigures figures) {
    Double success = figures.success();
    Integer p95 = figures.p95();
    boolean beyond = p95 != null && p95 == AnswerFigures.BEYOND;
    return new JsonMembers()
        .add("perSecond", figures.perSecond())
        .add("sends", figures.sends())
        .add("success", success == null ? JsonValue.NULL : Json.createValue(success))
        .add("p95Millis", beyond ? null : p95)
        .add("p95IsMore", beyond)
        .build();
  }
}
