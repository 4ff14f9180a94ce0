package org.waybill.normalize;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.document.Quoted;

/** Finds whose a raw document is. */
public final class Owners {
  private final Organizations organizations;

  public Owners(Organizations organizations) {
    this.organizations = organizations;
  }

  /** Whose a document is. */
  public sealed interface Ownership {
    /** An active organization's, and the sender may send for it. */
    record Of(Organization organization) implements Ownership {}

    /**
     * Nobody's that it may be stored for.
     *
     * @param why a sentence for the sender
     * @param rmOrgId that it names, where the sender may send for that one
     */
    record Nobodys(String why, @Nullable Integer rmOrgId) implements Ownership {}
  }

  /**
   * Its own word wins; then the only organization of the sender's key; then the owner of the first
   * of its domains that has one.
   *
   * @param named the {@code rmOrgID} that the document names
   * @param domains SIP domains and account codes, the more telling first
   */
  public Ownership find(@Nullable Integer named, List<String> domains, Caller caller) {
    if (named != null) {
      return judge(named, "rmOrgID " + named, caller);
    }
    if (caller.organizations().size() == 1) {
      int only = caller.organizations().iterator().next();
      return judge(only, "rmOrgID " + only + ", the only one of '" + caller + "',", caller);
    }
    for (String domain : domains) {
      Optional<Organization> owner = organizations.findByDomain(domain);
      if (owner.isPresent()) {
        int id = owner.get().id();
        return judge(id, "rmOrgID " + id + ", which owns " + Quoted.of(domain) + ",", caller);
      }
    }
    return new Ownership.Nobodys(nameless(domains), null);
  }

  private Ownership judge(int id, String subject, Caller caller) {
    if (!caller.maySendFor(id)) {
      return new Ownership.Nobodys(
          subject
              + " is not an organization that '"
              + caller
              + "' may send for; use a key that names it.",
          null);
    }
    return organizations
        .find(id)
        .filter(Organization::active)
        .<Ownership>map(Ownership.Of::new)
        .orElseGet(
            () -> new Ownership.Nobodys(subject + " is not a known, active organization.", id));
  }

  private static String nameless(List<String> domains) {
    String tried =
        domains.isEmpty()
            ? ""
            : ", and no organization owns "
                + String.join(" or ", domains.stream().map(Quoted::of).toList());
    return "The document names no organization"
        + tried
        + "; let it carry rmOrgID, or send it with a key of one organization, or enter its domain or"
        + " account code among an organization's domains.";
  }
}
