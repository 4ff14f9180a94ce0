package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.SomeOrganizations.PLAIN;

import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.cdr.Cdr;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalization.Unusable;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.ReadBack;
import org.waybill.normalize.SomeOrganizations;

/** What becomes of documents as the reader hands them over. */
final class Mapped {
  private static final FreeSwitchDialect DIALECT =
      new FreeSwitchDialect(SomeOrganizations.stored(), Clock.systemUTC());

  private Mapped() {}

  static Cdr cdr(SomeDocument document) {
    return ReadBack.proven(map(document)).cdr();
  }

  static Cdr cdr(SomeDocument document, String urlUuid) {
    return ReadBack.proven(DIALECT.map(document.document(), urlUuid, SomeOrganizations.ANYBODYS))
        .cdr();
  }

  static Cdr cdr(SomeDocument document, Caller caller) {
    return ReadBack.proven(DIALECT.map(document.document(), null, caller)).cdr();
  }

  static Normalization map(SomeDocument document) {
    return DIALECT.map(document.document(), null, SomeOrganizations.ANYBODYS);
  }

  /** That the answer to any bytes is a sound CDR, or says what is wrong. */
  static void check(byte[] body) {
    try {
      RawDocument raw = new RawDocument(body, null, null);
      Normalization normalization = DIALECT.normalize(raw, SomeOrganizations.of(PLAIN));
      if (normalization instanceof Unusable unusable) {
        assertThat(unusable.violations()).isNotEmpty();
      } else {
        ReadBack.proven(normalization);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("Given " + Base64.getEncoder().encodeToString(body), e);
    }
  }

  static List<String> messages(SomeDocument document) {
    return refused(document).violations().stream().map(Violation::message).toList();
  }

  static Unusable refused(SomeDocument document) {
    return refused(document, null, SomeOrganizations.ANYBODYS);
  }

  static Unusable refused(SomeDocument document, @Nullable String urlUuid, Caller caller) {
    Normalization normalization = DIALECT.map(document.document(), urlUuid, caller);
    assertThat(normalization).isInstanceOf(Unusable.class);
    return (Unusable) normalization;
  }
}
