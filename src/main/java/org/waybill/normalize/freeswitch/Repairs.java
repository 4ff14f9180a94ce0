package org.waybill.normalize.freeswitch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.waybill.document.XmlLimits;
import org.waybill.normalize.Repair;

/** Repairs as they are made, in any order. */
final class Repairs {
  /** Whoever has more has one cause for them; keeping all would cost many times the document. */
  private static final int KEPT = 1_000;

  /** A little more than a repair keeps of a text, so that it sees that it was cut. */
  private static final int EXCERPT = 201;

  private final List<Found> found = new ArrayList<>();
  private int count;

  private record Found(int place, Flaw flaw, String before, String after) {}

  /**
   * @param place in the decoded text
   */
  void add(int place, Flaw flaw, String before, String after) throws UnreadableDocument {
    if (++count > XmlLimits.REPAIRS) {
      throw new UnreadableDocument(
          "The body would have to be mended in more than "
              + XmlLimits.REPAIRS
              + " places, so it is no document of a FreeSWITCH, or was damaged on its way; send it"
              + " as the switch wrote it.");
    }
    if (count <= KEPT) {
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
    if (count > KEPT) {
      repairs.add(more(count - KEPT));
    }
    return repairs;
  }

  /** Of very many the first ones, and how many more there are. */
  static List<Repair> told(List<Repair> all) {
    if (all.size() <= KEPT) {
      return all;
    }
    List<Repair> told = new ArrayList<>(all.subList(0, KEPT));
    told.add(more(all.size() - KEPT));
    return told;
  }

  private static Repair more(int number) {
    return new Repair("more", "document", number + " more repairs, not listed", "");
  }

  private static String excerpt(String text) {
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT);
  }
}
