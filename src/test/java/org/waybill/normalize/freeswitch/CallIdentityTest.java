package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.freeswitch.Mapped.cdr;
import static org.waybill.normalize.freeswitch.Mapped.refused;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.waybill.document.Violation;

class CallIdentityTest {
  private static final String OTHER = "11111111-2222-3333-4444-555555555555";

  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void takesTheUuidFromTheVariableThenTheProfileThenTheUrl() {
    SomeDocument document = SomeDocument.good().callflow(Map.of("uuid", OTHER), NOTHING);
    assertThat(cdr(document, "a_" + OTHER).uuid()).hasToString(SomeDocument.UUID);
    assertThat(cdr(document.without("uuid"), "a_x").uuid()).hasToString(OTHER);
    SomeDocument bare = SomeDocument.good().without("uuid");
    assertThat(cdr(bare, "a_" + OTHER).uuid()).hasToString(OTHER);
    assertThat(cdr(bare, OTHER).legUuid()).isEqualTo(OTHER);
  }

  @Test
  void writesAUuidInSmallLetters() {
    assertThat(
            cdr(SomeDocument.good().but("uuid", SomeDocument.UUID.toUpperCase(Locale.ROOT)))
                .legUuid())
        .isEqualTo(SomeDocument.UUID);
  }

  @Test
  void refusesADocumentThatDoesNotSayWhichCallItIsAbout() {
    assertThat(refused(SomeDocument.good().without("uuid")).violations())
        .containsExactly(
            new Violation(
                0,
                0,
                "The document does not say which call it is about: it has neither the variable"
                    + " uuid, nor one in caller_profile, nor uuid= in its address."));
    assertThat(refused(SomeDocument.good().but("uuid", "call-1")).violations())
        .containsExactly(
            new Violation(
                3,
                5,
                "uuid must be a UUID of hexadecimal digits in groups of 8-4-4-4-12, but is"
                    + " 'call-1'."));
  }
}
