package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.waybill.platform.Entities;
import org.waybill.platform.Snapshot;

/**
 * Owner of {@code organizations} and {@code organization_domains}. Every CDR asks for its
 * organization, so they are served from memory, at most a second old.
 */
@ApplicationScoped
public class Organizations {
  private static final Duration MAX_AGE = Duration.ofMillis(900);

  private final Entities entities;
  private final Snapshot<Directory> snapshot;

  @Inject
  public Organizations(Entities entities, Clock clock) {
    this.entities = entities;
    this.snapshot = new Snapshot<>("organizations", clock, MAX_AGE, this::load);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Organizations() {
    this.entities = null;
    this.snapshot = null;
  }

  /**
   * @throws AlreadyThere when the id, the tenant or a domain is another organization's
   */
  public Organization add(Organization values, Audit.Entry why) {
    return change(
        why,
        manager -> {
          if (manager.find(OrganizationEntity.class, values.id()) != null) {
            throw new AlreadyThere("There is an organization " + values.id() + " already.");
          }
          OrganizationEntity row = new OrganizationEntity(values.id());
          row.take(values);
          manager.persist(row);
          return values;
        });
  }

  /**
   * Replaces its values; empty when there is none.
   *
   * @throws AlreadyThere when the tenant or a domain is another organization's
   */
  public Optional<Organization> update(Organization values, Audit.Entry why) {
    if (find(values.id()).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        change(
            why,
            manager -> {
              manager.getReference(OrganizationEntity.class, values.id()).take(values);
              return values;
            }));
  }

  private Organization change(Audit.Entry why, Function<EntityManager, Organization> work) {
    try {
      return entities.transact(
          manager -> {
            Organization organization = work.apply(manager);
            manager.flush();
            Audit.record(manager, why);
            return organization;
          });
    } catch (PersistenceException e) {
      throw AlreadyThere.where(e, "The tenant or a domain is another organization's.");
    } finally {
      snapshot.drop();
    }
  }

  public Optional<Organization> find(int id) {
    return Optional.ofNullable(snapshot.get().byId().get(id));
  }

  /**
   * The one that owns a SIP domain or account code, in capitals or not. Where two own it in
   * different spellings it is an active one, and of several the lowest.
   */
  public Optional<Organization> findByDomain(String domain) {
    return Optional.ofNullable(snapshot.get().byDomain().get(Directory.key(domain)));
  }

  /** The one that lifecycle events call so. */
  public Optional<Organization> findByTenant(String tenant) {
    return Optional.ofNullable(snapshot.get().byTenant().get(tenant));
  }

  public List<Organization> all() {
    return List.copyOf(snapshot.get().byId().values());
  }

  /** All of them, as they are looked up. */
  private record Directory(
      SortedMap<Integer, Organization> byId,
      Map<String, Organization> byDomain,
      Map<String, Organization> byTenant) {

    static Directory of(SortedMap<Integer, Organization> byId) {
      Map<String, Organization> byDomain = new HashMap<>();
      Map<String, Organization> byTenant = new HashMap<>();
      for (Organization organization : byId.values()) {
        for (String domain : organization.domains()) {
          byDomain.merge(key(domain), organization, (first, next) -> first.active() ? first : next);
        }
        if (organization.tenant() != null) {
          byTenant.put(organization.tenant(), organization);
        }
      }
      return new Directory(byId, byDomain, byTenant);
    }

    static String key(String domain) {
      return domain.strip().toLowerCase(Locale.ROOT);
    }
  }

  private Directory load() {
    return entities.transact(
        manager -> {
          SortedMap<Integer, Organization> all = new TreeMap<>();
          for (OrganizationEntity row :
              manager
                  .createQuery("SELECT o FROM OrganizationEntity o", OrganizationEntity.class)
                  .getResultList()) {
            Organization organization = row.values();
            all.put(organization.id(), organization);
          }
          return Directory.of(all);
        });
  }
}
