package org.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.waybill.platform.Database;
import org.waybill.testing.Deployments;

/** The JPA repositories in the server's own transactions. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class RepositoriesIT {
  @Inject private Users users;
  @Inject private Organizations organizations;
  @Inject private ApiKeys keys;
  @Inject private Passwords passwords;
  @Inject private Database database;

  @Deployment
  static WebArchive war() {
    return Deployments.openWar();
  }

  @Test
  void keepsUsersAndWritesWhoChangedThem() {
    User anna = users.add("anna", "a long enough secret", Set.of(Role.READER), "root");
    assertThat(users.find("anna")).contains(anna);
    assertThat(passwords.matches("a long enough secret", anna.passwordHash())).isTrue();

    users.update(anna.id(), new Users.Change(null, Set.of(Role.OPERATOR), false, null), "root");
    User changed = users.find(anna.id()).orElseThrow();
    assertThat(changed.roles()).containsExactly(Role.OPERATOR);
    assertThat(changed.active()).isFalse();
    assertThat(changed.passwordHash()).isEqualTo(anna.passwordHash());

    assertThat(users.remove(anna.id(), "root")).isTrue();
    assertThat(users.find("anna")).isEmpty();
    assertThat(audit("user anna"))
        .containsExactly("root user.add", "root user.update", "root user.remove");
  }

  @Test
  void undoesAChangeThatIsRefusedWithItsAuditLine() {
    users.add("berta", "a long enough secret", Set.of(Role.READER), "root");
    assertThatThrownBy(() -> users.add("berta", "a long enough secret", Set.of(Role.ADMIN), "root"))
        .isInstanceOf(AlreadyThere.class);
    User admin = users.find("admin").orElseThrow();
    assertThatThrownBy(() -> users.remove(admin.id(), "root")).isInstanceOf(AlreadyThere.class);

    assertThat(users.find("berta").orElseThrow().roles()).containsExactly(Role.READER);
    assertThat(users.find("admin")).contains(admin);
    assertThat(audit("user berta")).containsExactly("root user.add");
    assertThat(audit("user admin")).containsExactly("waybill user.add");
  }

  @Test
  void keepsOrganizationsWithTheirDomains() {
    Organization made = organization(4001, "Made", "a.example", "b.example");
    organizations.add(made, entry("organization.add", 4001));
    assertThat(organizations.find(4001)).contains(made);

    Organization changed = organization(4001, "Changed", "b.example", "c.example");
    assertThat(organizations.update(changed, entry("organization.update", 4001))).contains(changed);
    assertThat(organizations.find(4001)).contains(changed);
    assertThatThrownBy(
            () ->
                organizations.add(
                    organization(4002, "Other", "c.example"), entry("organization.add", 4002)))
        .isInstanceOf(AlreadyThere.class);
    assertThat(organizations.find(4002)).isEmpty();
    assertThat(audit("organization 4001"))
        .containsExactly("root organization.add", "root organization.update");
    assertThat(audit("organization 4002")).isEmpty();
  }

  @Test
  void keepsOfAKeyOnlyWhatItMayDo() {
    ApiKeys.Issued issued = keys.issue("pbx", Set.of(Role.SWITCH), Set.of(4001), "root");
    Caller caller = keys.callerOf(issued.key()).orElseThrow();
    assertThat(caller.name()).isEqualTo("key:pbx");
    assertThat(caller.maySendFor(4001)).isTrue();
    assertThat(caller.maySendFor(4002)).isFalse();
    assertThat(keys.all()).contains(issued.values());

    assertThat(keys.revoke(issued.values().id(), "root")).isTrue();
    assertThat(keys.callerOf(issued.key())).isEmpty();
    assertThat(keys.revoke(issued.values().id(), "root")).isFalse();
    assertThat(audit("key " + issued.values().id() + " (pbx)"))
        .containsExactly("root key.issue", "root key.revoke");
  }

  private static Organization organization(int id, String name, String... domains) {
    return new Organization(
        id, name, ZoneId.of("Europe/Prague"), "CZ", "tenant-" + id, Set.of(domains), true);
  }

  private static Audit.Entry entry(String action, int id) {
    return new Audit.Entry("root", action, "organization " + id, null, null);
  }

  /** Who did what to it, in order. */
  private List<String> audit(String subject) {
    return database.read(
        "read the audit log",
        connection -> {
          List<String> lines = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT who, action FROM audit_log WHERE subject = ? ORDER BY id")) {
            select.setString(1, subject);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                lines.add(rows.getString(1) + " " + rows.getString(2));
              }
            }
          }
          return lines;
        });
  }
}
