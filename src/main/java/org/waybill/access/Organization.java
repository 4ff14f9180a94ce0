package org.waybill.access;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose CDRs are kept.
 *
 * @param id {@code rmOrgID}
 * @param country ISO 3166, by which national numbers are read
 * @param tenant its name in lifecycle events
 * @param domains SIP domains and account codes that name it in raw documents
 * @param active documents of an inactive one are refused as if it were unknown
 */
public record Organization(
    int id,
    String name,
    ZoneId timeZone,
    @Nullable String country,
    @Nullable String tenant,
    Set<String> domains,
    boolean active) {
  public Organization {
    domains = Set.copyOf(domains);
  }
}
