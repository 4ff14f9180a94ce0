package org.waybill.access;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row of {@code organizations} with its {@code organization_domains}. */
@Entity
@Table(name = "organizations")
class OrganizationEntity {
  @Id private int id;
  private String name = "";

  @Column(name = "time_zone")
  private String timeZone = "UTC";

  private @Nullable String country;
  private @Nullable String tenant;
  private boolean active;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "organization_domains", joinColumns = @JoinColumn(name = "rmOrgID"))
  @Column(name = "domain")
  private Set<String> domains = new HashSet<>();

  protected OrganizationEntity() {}

  OrganizationEntity(int id) {
    this.id = id;
  }

  void take(Organization values) {
    name = values.name();
    timeZone = values.timeZone().getId();
    country = values.country();
    tenant = values.tenant();
    active = values.active();
    domains.retainAll(values.domains());
    domains.addAll(values.domains());
  }

  Organization values() {
    return new Organization(id, name, ZoneId.of(timeZone), country, tenant, domains, active);
  }
}
