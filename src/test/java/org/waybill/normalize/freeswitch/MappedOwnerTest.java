package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.freeswitch.Mapped.cdr;
import static org.waybill.normalize.freeswitch.Mapped.refused;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.access.Caller;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Normalization.Unusable;
import org.waybill.normalize.SomeOrganizations;

/** Whose a document is: the organization and the user. */
class MappedOwnerTest {
  @Test
  void takesTheOrganizationThatTheDocumentNames() {
    SomeDocument document = SomeDocument.good().with("domain_name", "sip.paris.example");
    assertThat(cdr(document, SomeOrganizations.of(1001, 1002)).rmOrgId()).isEqualTo(1001);
  }

  @Test
  void takesTheOnlyOrganizationOfTheKeyBeforeTheDomain() {
    SomeDocument document =
        SomeDocument.good().without("rmOrgID").with("domain_name", "sip.paris.example");
    assertThat(cdr(document, SomeOrganizations.of(1003)).rmOrgId()).isEqualTo(1003);
    assertThat(cdr(document, SomeOrganizations.of(1002, 1003)).rmOrgId()).isEqualTo(1002);
  }

  @Test
  void takesTheOwnerOfTheDomainThenOfTheAccount() {
    SomeDocument document = SomeDocument.good().without("rmOrgID").with("accountcode", "ACCT-75");
    assertThat(cdr(document).rmOrgId()).isEqualTo(1002);
    assertThat(cdr(document.with("domain_name", "Sip.NY.example")).rmOrgId()).isEqualTo(1003);
    assertThat(cdr(document.but("domain_name", "unknown.example")).rmOrgId()).isEqualTo(1002);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rmOrgID | 7 | | rmOrgID 7 is not a known, active organization.",
        "rmOrgID | 1004 | | rmOrgID 1004 is not a known, active organization.",
        "rmOrgID | 1001 | 1002 | rmOrgID 1001 is not an organization that 'key:pbx' may send for;"
            + " use a key that names it.",
        "x | x | 9 | rmOrgID 9, the only one of 'key:pbx', is not a known, active organization.",
        "domain_name | sip.gone.example | | rmOrgID 1004, which owns 'sip.gone.example', is not a"
            + " known, active organization.",
      })
  void keepsADocumentOfAnUnknownOrganizationFromTheCdrs(
      String variable, String value, @Nullable Integer sender, String sentence) {
    SomeDocument document = SomeDocument.good().without("rmOrgID").with(variable, value);
    Caller caller = sender == null ? SomeOrganizations.ANYBODYS : SomeOrganizations.of(sender);
    Unusable refused = refused(document, null, caller);
    assertThat(refused.fault()).isEqualTo(Fault.UNKNOWN_ORGANIZATION);
    assertThat(refused.violations()).extracting(Violation::message).containsExactly(sentence);
    assertThat(refused.uuid()).hasToString(SomeDocument.UUID);
  }

  @Test
  void tellsWhereItLookedForAnOrganization() {
    SomeDocument document =
        SomeDocument.good()
            .without("rmOrgID")
            .with("accountcode", "a1")
            .with("domain_name", "unknown.example");
    Unusable refused = refused(document);
    assertThat(refused.fault()).isEqualTo(Fault.UNKNOWN_ORGANIZATION);
    assertThat(refused.violations().get(0).message())
        .startsWith(
            "The document names no organization, and no organization owns 'unknown.example' or"
                + " 'a1'; let it carry rmOrgID");
    assertThat(refused.rmOrgId()).isNull();
  }

  @Test
  void doesNotKeepADocumentAmongThoseOfAnOrganizationThatIsNotTheSenders() {
    assertThat(refused(SomeDocument.good(), null, SomeOrganizations.of(1002)).rmOrgId()).isNull();
    SomeDocument bad = SomeDocument.good().with("rmTaskPriority", "now");
    assertThat(refused(bad, null, SomeOrganizations.of(1002)).rmOrgId()).isNull();
    assertThat(refused(bad).rmOrgId()).isEqualTo(1001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "-1", "2147483648", "10.5"})
  void refusesAnOrganizationThatIsNoNumber(String value) {
    Unusable refused =
        refused(SomeDocument.good().but("rmOrgID", value), null, SomeOrganizations.of(1001));
    assertThat(refused.fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.violations())
        .containsExactly(
            new Violation(
                3,
                5,
                "rmOrgID must be a whole number from 1 to 2147483647, but is '" + value + "'."));
  }

  @Test
  void refusesTwoOrganizationsButNotOneTwice() {
    assertThat(cdr(SomeDocument.good().with("rmOrgID", "1001")).rmOrgId()).isEqualTo(1001);
    assertThat(refused(SomeDocument.good().with("rmOrgID", "1002")).violations())
        .containsExactly(
            new Violation(4, 5, "rmOrgID may have only one value, but has another one here."));
  }

  @Test
  void takesTheUserWhereThereIsOne() {
    assertThat(cdr(SomeDocument.good().with("rmUserID", "user%2042")).rmUserId())
        .isEqualTo("user 42");
    assertThat(cdr(SomeDocument.good()).rmUserId()).isNull();
    assertThat(cdr(SomeDocument.good().with("rmUserID", "")).rmUserId()).isNull();
  }
}
