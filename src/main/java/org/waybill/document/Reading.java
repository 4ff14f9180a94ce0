package org.waybill.document;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What reading a document came to. */
public sealed interface Reading {

  /** It is a normalized CDR and keeps every rule. */
  record Valid(CdrContent content) implements Reading {}

  /**
   * It is XML, but breaks the schema or a rule.
   *
   * @param violations all of them, in the order of their places
   */
  record Invalid(List<Violation> violations, Hints hints) implements Reading {
    public Invalid {
      violations = List.copyOf(violations);
    }
  }

  /** It is not well-formed XML, or has a document type declaration, which is never accepted. */
  record NotWellFormed(Violation violation) implements Reading {}

  /** What could be read of an invalid document, so that it can be found among the rejected ones. */
  record Hints(@Nullable UUID uuid, @Nullable Integer rmOrgId) {
    public static final Hints NONE = new Hints(null, null);
  }
}
