package org.waybill.normalize.freeswitch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One stretch of a call, from one routing to the next.
 *
 * @param profile the caller profile's own texts, not those of the profiles inside it
 * @param times in microseconds since 1970, 0 for what never happened
 */
record Callflow(Map<String, String> profile, Map<String, String> times) {
  Callflow {
    profile = Collections.unmodifiableMap(new LinkedHashMap<>(profile));
    times = Collections.unmodifiableMap(new LinkedHashMap<>(times));
  }
}
