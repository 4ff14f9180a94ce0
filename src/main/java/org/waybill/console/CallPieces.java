package org.waybill.console;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.call.events.Calls;
import org.waybill.call.feed.FeedPieces;
import org.waybill.cdr.Cdr;

/** What a CDR was put together from, where its call came in pieces. */
@Dependent
public class CallPieces {
  /** What a platform tells of one call; more than this are not shown. */
  static final int MOST = 200;

  private static final String CALL = "call_id";

  private final Calls calls;
  private final FeedPieces feeds;

  @Inject
  public CallPieces(Calls calls, FeedPieces feeds) {
    this.calls = calls;
    this.feeds = feeds;
  }

  /**
   * One of them.
   *
   * @param type of the event, or the feed that it came from
   * @param at as it says
   * @param body null where it is no text
   */
  public record Piece(
      long id, String type, @Nullable Instant at, Instant receivedAt, @Nullable String body) {}

  /** In the order of their arrival; none where the call came in one document. */
  public List<Piece> of(Cdr cdr) {
    String callId = cdr.variable(CALL);
    if (callId == null) {
      return List.of();
    }
    List<Piece> events = events(callId, cdr);
    return events.isEmpty() ? polled(callId, cdr) : events;
  }

  private List<Piece> events(String callId, Cdr cdr) {
    return calls
        .find(callId)
        .filter(call -> cdr.uuid().equals(call.uuid()))
        .map(call -> calls.events(call.callId(), null, MOST))
        .orElse(List.of())
        .stream()
        .map(one -> new Piece(one.id(), one.type(), one.at(), one.receivedAt(), text(one.body())))
        .toList();
  }

  private List<Piece> polled(String callId, Cdr cdr) {
    if (!callId.matches("[0-9]{1,18}")) {
      return List.of();
    }
    return feeds.of(Long.parseLong(callId), cdr.uuid(), MOST).stream()
        .map(one -> new Piece(one.id(), one.feed(), null, one.receivedAt(), one.body()))
        .toList();
  }

  static JsonObject json(Piece piece) {
    return new JsonMembers()
        .add("id", piece.id())
        .add("type", piece.type())
        .add("timestamp", piece.at())
        .add("receivedAt", piece.receivedAt())
        .add("body", piece.body())
        .build();
  }

  /** Null when the bytes are no text that could be shown as it is. */
  static @Nullable String text(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      boolean plain = text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
      return plain ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
