package org.waybill.console.page;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.waybill.collect.RejectedCause;
import org.waybill.collect.RejectedCauses;
import org.waybill.collect.RejectedDocuments;
import org.waybill.collect.RejectedFilter;
import org.waybill.collect.RejectedState;
import org.waybill.report.ErrorGroup;
import org.waybill.report.ErrorGroups;

/**
 * What goes on no further until somebody decides.
 *
 * @param documents that are rejected, counted up to {@link #COUNTED}
 * @param causes why they are, the most frequent first
 * @param errors why tasks fail or wait, those with most to be done first
 */
record Undecided(int documents, List<RejectedCause> causes, List<ErrorGroup.Told> errors) {
  static final int COUNTED = 10_001;

  /** Finds it. */
  @Dependent
  public static class Search {
    private static final int FEW = 5;
    private static final RejectedFilter OPEN =
        new RejectedFilter(null, null, null, RejectedState.OPEN, null, null, null);

    private final RejectedDocuments documents;
    private final RejectedCauses causes;
    private final ErrorGroups errors;

    @Inject
    public Search(RejectedDocuments documents, RejectedCauses causes, ErrorGroups errors) {
      this.documents = documents;
      this.causes = causes;
      this.errors = errors;
    }

    Undecided now() {
      return new Undecided(
          documents.open(COUNTED),
          causes.list(OPEN, null, FEW),
          errors.list(null, FEW).stream().filter(told -> told.group().count() > 0).toList());
    }
  }
}
