package org.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.TestEntities;

class OrganizationsTest {
  private static final Audit.Entry WHY =
      new Audit.Entry("admin", "organization.add", "organization 1001", null, null);

  private final TestDatabase database = TestDatabase.fresh();
  private final Organizations organizations =
      new Organizations(new TestEntities(database), Clock.systemUTC());

  @Test
  void findsWhatWasAddedAtOnce() {
    assertThat(organizations.find(1001)).isEmpty();
    organizations.add(organization(1001, "a", Set.of("sip.example.com")), WHY);
    assertThat(organizations.find(1001))
        .contains(organization(1001, "a", Set.of("sip.example.com")));
  }

  @Test
  void updatesEveryField() {
    organizations.add(organization(1001, "a", Set.of("old.example.com", "both.example.com")), WHY);
    Organization changed =
        new Organization(
            1001,
            "Other",
            ZoneId.of("Europe/Paris"),
            "FR",
            "b",
            Set.of("new.example.com", "both.example.com"),
            false);
    assertThat(organizations.update(changed, WHY)).contains(changed);
    assertThat(organizations.all()).containsExactly(changed);
  }

  @Test
  void findsTheOwnerOfADomainInCapitalsOrNot() {
    organizations.add(organization(1001, "a", Set.of("Sip.example.com", "acct-1")), WHY);
    assertThat(organizations.findByDomain("sip.EXAMPLE.com")).map(Organization::id).contains(1001);
    assertThat(organizations.findByDomain(" ACCT-1 ")).map(Organization::id).contains(1001);
    assertThat(organizations.findByDomain("example.com")).isEmpty();
    assertThat(organizations.findByDomain("")).isEmpty();
  }

  @Test
  void findsAnActiveOwnerBeforeOneThatIsGone() {
    organizations.add(
        new Organization(1, "Gone", ZoneId.of("UTC"), null, "a", Set.of("SIP.example.com"), false),
        WHY);
    organizations.add(organization(2, "b", Set.of("sip.example.com")), WHY);
    organizations.add(organization(3, "c", Set.of("Sip.example.com")), WHY);
    assertThat(organizations.findByDomain("sip.example.com")).map(Organization::id).contains(2);
  }

  @Test
  void doesNotUpdateWhatIsNotThere() {
    assertThat(organizations.update(organization(7, "a", Set.of()), WHY)).isEmpty();
  }

  @Test
  void refusesAnIdATenantOrADomainOfAnother() {
    organizations.add(organization(1, "a", Set.of("one.example.com")), WHY);
    assertThatThrownBy(() -> organizations.add(organization(1, "b", Set.of()), WHY))
        .isInstanceOf(AlreadyThere.class);
    assertThatThrownBy(() -> organizations.add(organization(2, "a", Set.of()), WHY))
        .isInstanceOf(AlreadyThere.class);
    assertThatThrownBy(
            () -> organizations.add(organization(2, "b", Set.of("one.example.com")), WHY))
        .isInstanceOf(AlreadyThere.class);
    assertThat(organizations.all()).hasSize(1);
  }

  private static Organization organization(int id, String tenant, Set<String> domains) {
    return new Organization(id, "Example", ZoneId.of("UTC"), null, tenant, domains, true);
  }
}
