package org.waybill.call.feed;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;
import org.waybill.normalize.callflow.CallItem;
import org.waybill.normalize.callflow.ConnectionItem;
import org.waybill.normalize.callflow.EventItem;
import org.waybill.normalize.callflow.OperatorItem;

/** Reads the items of one feed. */
final class PieceReader {
  private final Feed feed;
  private final Pattern id;

  PieceReader(Feed feed) {
    this.feed = feed;
    this.id = Pattern.compile("\"(?:" + feed.key() + "|id)\"\\s*:\\s*\"?([0-9]{1,18})\\b");
  }

  /** What became of an item. */
  sealed interface Result {
    record Read(Piece piece) implements Result {}

    /**
     * @param violations all of them
     */
    record Wrong(List<Violation> violations) implements Result {}
  }

  Result read(String text) {
    List<Violation> violations = new ArrayList<>();
    JsonObject item = parse(text, violations);
    Piece piece = item == null ? null : piece(item, text, violations);
    return piece == null ? new Result.Wrong(violations) : new Result.Read(piece);
  }

  /** The id of an item that may be broken, by its looks. */
  OptionalLong idOf(String text) {
    Matcher matcher = id.matcher(text);
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  private static @Nullable JsonObject parse(String text, List<Violation> violations) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (JsonException e) {
      violations.add(new Violation(1, 1, "The item is no JSON object: " + e.getMessage()));
      return null;
    }
  }

  private @Nullable Piece piece(JsonObject item, String text, List<Violation> violations) {
    return switch (feed) {
      case CALLS -> call(CallItem.read(item, violations), text);
      case CALL_EVENTS -> event(EventItem.read(item, violations), text);
      case CONNECTIONS -> connection(ConnectionItem.read(item, violations), text);
      case OPERATORS -> operator(OperatorItem.read(item, violations), text);
    };
  }

  private @Nullable Piece call(@Nullable CallItem call, String text) {
    return call == null
        ? null
        : new Piece(feed, call.id(), call.id(), call.operatorId(), !call.isOver(), text);
  }

  private @Nullable Piece event(@Nullable EventItem event, String text) {
    if (event == null) {
      return null;
    }
    Long nameless = event.operatorName() == null ? event.operatorId() : null;
    return new Piece(feed, event.id(), event.callId(), nameless, false, text);
  }

  private @Nullable Piece connection(@Nullable ConnectionItem connection, String text) {
    return connection == null
        ? null
        : new Piece(
            feed, connection.id(), connection.callId(), null, connection.finished() == null, text);
  }

  private @Nullable Piece operator(@Nullable OperatorItem operator, String text) {
    return operator == null ? null : new Piece(feed, operator.id(), null, null, false, text);
  }
}
