package org.waybill.access.oidc;

import org.waybill.platform.WaybillException;

/** What the provider, or somebody in its place, gave us is no proof of who somebody is. */
final class TokenRefused extends WaybillException {
  private static final long serialVersionUID = 1;

  TokenRefused(String message) {
    super(message);
  }
}
