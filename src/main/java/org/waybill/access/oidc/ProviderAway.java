package org.waybill.access.oidc;

import org.waybill.platform.WaybillException;

/** The provider gives no answer, or none that can be used: try again later. */
final class ProviderAway extends WaybillException {
  private static final long serialVersionUID = 1;

  ProviderAway(String message) {
    super(message);
  }
}
