package org.waybill.normalize.freeswitch;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The elements of a document whose content is looked at. All others are passed over. */
enum XmlPart {
  CDR("cdr", false),
  CHANNEL_DATA("channel_data", true),
  VARIABLES("variables", true),
  CALLFLOW("callflow", false),
  CALLER_PROFILE("caller_profile", true),
  TIMES("times", true);

  /** What a caller profile holds besides texts: the profiles of other legs. */
  private static final Set<String> OTHER_PROFILES =
      Set.of("origination", "originator", "originatee");

  private final String word;
  private final boolean ofTexts;

  XmlPart(String word, boolean ofTexts) {
    this.word = word;
    this.ofTexts = ofTexts;
  }

  /** The name of its element. */
  String word() {
    return word;
  }

  /** The part that an element in this one is; null if it is none. */
  @Nullable XmlPart child(String name) {
    return switch (this) {
      case CDR -> named(name, CHANNEL_DATA, VARIABLES, CALLFLOW);
      case CALLFLOW -> named(name, CALLER_PROFILE, TIMES);
      default -> null;
    };
  }

  /** Whether an element in this one holds a text and no elements. */
  boolean holdsText(String name) {
    return ofTexts && !(this == CALLER_PROFILE && OTHER_PROFILES.contains(name));
  }

  private static @Nullable XmlPart named(String name, XmlPart... parts) {
    for (XmlPart part : parts) {
      if (part.word.equals(name)) {
        return part;
      }
    }
    return null;
  }
}
