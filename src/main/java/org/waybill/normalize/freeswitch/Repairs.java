package org.waybill.normalize.freeswitch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.waybill.normalize.Repair;

/** Repairs as they are made, in any order. */
final class Repairs {
  /** Whoever has more has one cause for them; keeping all would cost many times the document. */
  private static final int KEPT = 1_000;

  /** A little more than a repair keeps of a text, so that it sees that it was cut. */
  private static final int EXCERPT = 201;

  private final List<Found> found = new ArrayList<>();
  private int more;

  private record Found(int place, Flaw flaw, String before, String after) {}

  /**
   * @param place in the decoded text
   */
  void add(int place, Flaw flaw, String before, String after) {
    if (found.size() == KEPT) {
      more++;
    } else {
      found.add(new Found(place, flaw, excerpt(before), excerpt(after)));
    }
  }

  List<Repair> inOrder(DocumentText text) {
    found.sort(Comparator.comparingInt(Found::place));
    Places places = text.places();
    List<Repair> repairs = new ArrayList<>();
    for (Found one : found) {
      Places.Place place = places.at(one.place());
      String where = place.line() + ":" + place.column();
      repairs.add(new Repair(one.flaw().word(), where, one.before(), one.after()));
    }
    if (more > 0) {
      repairs.add(new Repair("more", "document", more + " more repairs, not listed", ""));
    }
    return repairs;
  }

  private static String excerpt(String text) {
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT);
  }
}
