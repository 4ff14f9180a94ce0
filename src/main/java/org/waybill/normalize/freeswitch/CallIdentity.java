package org.waybill.normalize.freeswitch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Facts.Fact;
import org.waybill.document.Quoted;
import org.waybill.document.Violation;

/** Which call a document is about: the first of its places that holds a uuid says so. */
final class CallIdentity {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** mod_xml_cdr marks the address and the file of an A leg so. */
  private static final String A_LEG = "a_";

  private CallIdentity() {}

  /** Null, and told, when there is none. */
  static @Nullable UUID find(
      FreeSwitchDocument document,
      ChannelVariables variables,
      @Nullable String urlUuid,
      List<Violation> violations) {
    List<Fact> places = places(document, variables, urlUuid);
    for (Fact place : places) {
      UUID uuid = uuid(place.value());
      if (uuid != null) {
        return uuid;
      }
    }
    violations.add(places.isEmpty() ? nameless() : malformed(places.get(0)));
    return null;
  }

  /** The uuid of an address; null when it has none. */
  static @Nullable UUID inUrl(@Nullable String urlUuid) {
    return urlUuid == null ? null : uuid(withoutLeg(urlUuid));
  }

  private static List<Fact> places(
      FreeSwitchDocument document, ChannelVariables variables, @Nullable String urlUuid) {
    List<Fact> places = new ArrayList<>();
    variables.first("uuid").ifPresent(places::add);
    for (Callflow callflow : document.callflows()) {
      String uuid = callflow.profile().getOrDefault("uuid", "");
      if (!uuid.isBlank()) {
        places.add(new Fact("caller_profile/uuid", uuid, 0, 0));
      }
    }
    if (urlUuid != null && !urlUuid.isBlank()) {
      places.add(new Fact("the address's uuid", withoutLeg(urlUuid), 0, 0));
    }
    return places;
  }

  private static String withoutLeg(String urlUuid) {
    return urlUuid.startsWith(A_LEG) ? urlUuid.substring(A_LEG.length()) : urlUuid;
  }

  private static @Nullable UUID uuid(String text) {
    String stripped = text.strip();
    return UUID_TEXT.matcher(stripped).matches() ? UUID.fromString(stripped) : null;
  }

  private static Violation malformed(Fact place) {
    return place.violation(
        place.name()
            + " must be a UUID of hexadecimal digits in groups of 8-4-4-4-12, but is "
            + Quoted.of(place.value())
            + ".");
  }

  private static Violation nameless() {
    return new Violation(
        0,
        0,
        "The document does not say which call it is about: it has neither the variable uuid, nor"
            + " one in caller_profile, nor uuid= in its address.");
  }
}
