package org.waybill.access.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads roles of ours out of a claim, such as {@code roles}, {@code groups} or {@code
 * realm_access.roles}.
 *
 * @param byValue our role of each value that counts
 */
record Roles(String claim, Map<String, String> byValue) {
  Roles {
    byValue = Map.copyOf(byValue);
  }

  Set<String> of(JWTClaimsSet claims) {
    return values(found(claims.getClaims())).stream()
        .map(byValue::get)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** By its whole name first: a claim may be called like an address. */
  private @Nullable Object found(Map<String, Object> claims) {
    if (claims.containsKey(claim)) {
      return claims.get(claim);
    }
    Object found = claims;
    for (String name : claim.split("\\.", -1)) {
      found = found instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return found;
  }

  private static List<String> values(@Nullable Object found) {
    if (found instanceof Collection<?> several) {
      return several.stream().map(String::valueOf).toList();
    }
    return found instanceof String text ? Arrays.asList(text.split("[\\s,]+", -1)) : List.of();
  }
}
