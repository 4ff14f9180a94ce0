package org.waybill.normalize;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.TestEntities;

/** Organizations in a database of their own, and who may send for them. */
public final class SomeOrganizations {
  /** In UTC, without a country. */
  public static final int PLAIN = 1001;

  /** In Paris, France; owns {@code sip.paris.example} and {@code acct-75}. */
  public static final int PARIS = 1002;

  /** In New York, USA; owns {@code sip.ny.example}. */
  public static final int NEW_YORK = 1003;

  /** Not active; owns {@code sip.gone.example}. */
  public static final int GONE = 1004;

  public static final Caller ANYBODYS = new Caller("key:all", Set.of(Role.SWITCH), Set.of());

  private SomeOrganizations() {}

  public static Organizations stored() {
    Organizations organizations =
        new Organizations(new TestEntities(TestDatabase.fresh()), Clock.systemUTC());
    add(organizations, PLAIN, "UTC", null, Set.of(), true);
    add(organizations, PARIS, "Europe/Paris", "fr", Set.of("SIP.paris.example", "acct-75"), true);
    add(organizations, NEW_YORK, "America/New_York", "US", Set.of("sip.ny.example"), true);
    add(organizations, GONE, "UTC", "US", Set.of("sip.gone.example"), false);
    return organizations;
  }

  public static Caller of(Integer... organizations) {
    return new Caller("key:pbx", Set.of(Role.SWITCH), Set.of(organizations));
  }

  private static void add(
      Organizations organizations,
      int id,
      String zone,
      @Nullable String country,
      Set<String> domains,
      boolean active) {
    organizations.add(
        new Organization(id, "Some", ZoneId.of(zone), country, null, domains, active),
        new Audit.Entry("admin", "organization.add", "organization " + id, null, null));
  }
}
