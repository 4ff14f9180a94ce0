package org.waybill.call.feed;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;
import org.waybill.normalize.LenientUtf8;

/**
 * Reads pages of a feed. One that is too long, or so broken that its items cannot be told apart, is
 * asked for in ever smaller ones, until what is wrong with it stands alone.
 */
final class PageReading {
  private final Feed feed;
  private final FeedClient client;
  private final FeedTerms terms;
  private final PieceReader reader;
  private int most;

  PageReading(Feed feed, FeedClient client, FeedTerms terms) {
    this.feed = feed;
    this.client = client;
    this.terms = terms;
    this.reader = new PieceReader(feed);
    this.most = terms.limit();
  }

  /**
   * The items of a page.
   *
   * @param asked how many items were asked for
   * @param fault of the only item, which cannot be told from the page around it; usually none
   */
  record Answer(
      List<String> items,
      int asked,
      boolean wrapped,
      @Nullable Long cursor,
      List<Violation> fault) {

    boolean isFull() {
      return !wrapped && items.size() >= asked;
    }

    /**
     * From where to go on; empty at the end. A cursor that does not lead forward would never end.
     *
     * @param before where this page began
     * @param highest of the ids of its items
     */
    OptionalLong next(long before, long highest) {
      long next = cursor != null ? cursor : isFull() ? highest : -1;
      return next > before ? OptionalLong.of(next) : OptionalLong.empty();
    }
  }

  /** How messages name the feed. */
  String shown() {
    return client.shown(feed);
  }

  /**
   * @throws FeedFailure when there is no answer, or it is nothing of a feed
   */
  Answer read(long cursor, int limit) throws InterruptedException {
    int asked = Math.min(limit, most);
    while (true) {
      FeedClient.Body body = client.get(feed, cursor, asked);
      String text = LenientUtf8.of(body.bytes()).text();
      PageCutter.Cut cut = body.tooLong() ? tooLong() : PageCutter.cut(text);
      if (cut instanceof PageCutter.Cut.Whole whole) {
        most = Math.min(terms.limit(), Math.max(most, asked) * 2);
        Page page = whole.page();
        return new Answer(page.items(), asked, page.wrapped(), page.next(), List.of());
      }
      if (cut instanceof PageCutter.Cut.Alien alien) {
        throw new FeedFailure("What " + shown() + " answers " + alien.why() + ".");
      }
      String why = ((PageCutter.Cut.Broken) cut).why();
      if (asked == 1) {
        return alone(text, cursor, why);
      }
      asked = asked / 2;
      most = asked;
    }
  }

  private PageCutter.Cut tooLong() {
    return new PageCutter.Cut.Broken(
        "is longer than " + terms.maxBytes() + " bytes; only its beginning is kept");
  }

  private Answer alone(String text, long cursor, String why) {
    OptionalLong id = reader.idOf(text);
    if (id.isEmpty() || id.getAsLong() <= cursor) {
      throw new FeedFailure(
          "What %s answers for one item after %d %s.".formatted(shown(), cursor, why));
    }
    Violation violation = new Violation(1, 1, "The answer for this item " + why + ".");
    return new Answer(List.of(text), 1, true, id.getAsLong(), List.of(violation));
  }
}
