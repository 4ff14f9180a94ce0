package org.waybill.call.events;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;

/** Finds whose a call is, once: it keeps the organization that it began with. */
final class Owner {
  private final Organizations organizations;
  private final Optional<Integer> otherwise;

  /**
   * @param otherwise whose calls of unknown tenants are
   */
  Owner(Organizations organizations, Optional<Integer> otherwise) {
    this.organizations = organizations;
    this.otherwise = otherwise;
  }

  /**
   * Of a call that nobody may have a CDR of yet, it may still be found that it is another tenant's.
   *
   * @param tenant as its events say by now
   * @return null while nobody knows
   */
  @Nullable Integer of(CallRow row, @Nullable String tenant) {
    boolean settled = row.handedOver() || Objects.equals(row.tenant(), tenant);
    return row.rmOrgId() != null && settled ? row.rmOrgId() : of(tenant);
  }

  private @Nullable Integer of(@Nullable String tenant) {
    Optional<Organization> owner =
        tenant == null ? Optional.empty() : organizations.findByTenant(tenant);
    return owner.map(Organization::id).or(() -> otherwise).orElse(null);
  }
}
