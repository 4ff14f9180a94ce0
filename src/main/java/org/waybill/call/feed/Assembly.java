package org.waybill.call.feed;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.waybill.normalize.callflow.FlowCall;

/**
 * What the pieces of a call come to. The same pieces come to the same, in whatever order they are
 * given.
 */
sealed interface Assembly {

  /** The item of {@code /calls} is missing, without which nobody knows when the call was. */
  record Waiting() implements Assembly {}

  /** It lasts. */
  record Open(FlowCall call) implements Assembly {}

  /**
   * It is over, as far as its pieces say.
   *
   * @param document as its dialect reads it
   */
  record Over(String document) implements Assembly {}

  static Assembly of(Collection<Piece> pieces) {
    if (pieces.stream().noneMatch(piece -> piece.feed() == Feed.CALLS)) {
      return new Waiting();
    }
    String document = document(pieces);
    return FlowCall.read(document)
        .filter(call -> !call.isOver())
        .<Assembly>map(Open::new)
        .orElseGet(() -> new Over(document));
  }

  /** Of a call that never ended: with a word that it is not over. */
  static String unended(Collection<Piece> pieces) {
    String document = document(pieces);
    return document.substring(0, document.length() - 1) + ",\"unended\":true}";
  }

  private static String document(Collection<Piece> pieces) {
    return "{\"call\":%s,\"connections\":[%s],\"events\":[%s],\"operators\":[%s]}"
        .formatted(
            joined(pieces, Feed.CALLS),
            joined(pieces, Feed.CONNECTIONS),
            joined(pieces, Feed.CALL_EVENTS),
            joined(pieces, Feed.OPERATORS));
  }

  private static String joined(Collection<Piece> pieces, Feed feed) {
    return pieces.stream()
        .filter(piece -> piece.feed() == feed)
        .sorted(Comparator.comparingLong(Piece::id))
        .map(Piece::body)
        .collect(Collectors.joining(","));
  }
}
