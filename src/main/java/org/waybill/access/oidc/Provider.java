package org.waybill.access.oidc;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a provider tells of itself (OpenID Connect Discovery 1.0, section 3).
 *
 * @param authorization where browsers go
 * @param token where codes are redeemed
 * @param keys its public keys
 * @param endSession where browsers sign out; null where it has no such place
 * @param takesBasic whether we may show our secret as HTTP Basic
 */
record Provider(
    URI authorization, URI token, URI keys, @Nullable URI endSession, boolean takesBasic) {

  /** Relative to the issuer. */
  static final String METADATA = "/.well-known/openid-configuration";

  /**
   * @throws ProviderAway when it is not the issuer's, or lacks what we need
   */
  static Provider read(JsonObject metadata, URI issuer) {
    String named = metadata.getString("issuer", "");
    if (!named.equals(issuer.toString())) {
      throw new ProviderAway(
          "the provider calls itself %s; set WAYBILL_OIDC_ISSUER to exactly that".formatted(named));
    }
    return new Provider(
        needed(metadata, "authorization_endpoint", issuer),
        needed(metadata, "token_endpoint", issuer),
        needed(metadata, "jwks_uri", issuer),
        metadata.containsKey("end_session_endpoint")
            ? needed(metadata, "end_session_endpoint", issuer)
            : null,
        takesBasic(
            metadata.get("token_endpoint_auth_methods_supported") instanceof JsonArray some
                ? some
                : JsonArray.EMPTY_JSON_ARRAY));
  }

  private static URI needed(JsonObject metadata, String name, URI issuer) {
    try {
      URI place = new URI(metadata.getString(name, ""));
      boolean safe =
          "https".equals(place.getScheme()) || issuer.getScheme().equals(place.getScheme());
      if (safe && place.getHost() != null) {
        return place;
      }
    } catch (URISyntaxException e) {
      // answered below
    }
    throw new ProviderAway("what the provider tells of itself has no usable " + name);
  }

  /** Basic unless it says otherwise (section 3). */
  private static boolean takesBasic(JsonArray methods) {
    return methods.isEmpty()
        || methods.stream()
            .anyMatch(
                one ->
                    one instanceof JsonString text
                        && text.getString().equals("client_secret_basic"));
  }
}
