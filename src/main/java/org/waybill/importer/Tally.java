package org.waybill.importer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How many files came to what; several threads count. */
final class Tally {
  private static final int FAILURES_SHOWN = 20;

  private final int files;
  private final List<String> failures = new ArrayList<>();
  private int settled;
  private int fresh;
  private int duplicates;
  private int repaired;
  private int rejected;

  Tally(int files) {
    this.files = files;
  }

  synchronized void count(Path file, Sending sending) {
    if (sending instanceof Sending.Stored stored) {
      settled++;
      fresh += stored.duplicate() ? 0 : 1;
      duplicates += stored.duplicate() ? 1 : 0;
      repaired += stored.repaired() && !stored.duplicate() ? 1 : 0;
    } else if (sending instanceof Sending.Rejected) {
      settled++;
      rejected++;
    } else if (sending instanceof Sending.Failed failed) {
      failures.add(file + ": " + failed.why());
    }
  }

  synchronized int counted() {
    return settled + failures.size();
  }

  int files() {
    return files;
  }

  synchronized int failed() {
    return files - settled;
  }

  synchronized boolean isComplete() {
    return settled == files;
  }

  /** The first ones that failed, a line each. */
  synchronized List<String> failures() {
    List<String> shown = new ArrayList<>();
    failures.stream().limit(FAILURES_SHOWN).forEach(shown::add);
    if (failures.size() > FAILURES_SHOWN) {
      shown.add("and " + (failures.size() - FAILURES_SHOWN) + " more.");
    }
    return shown;
  }

  /** Repaired ones are new ones; those never sent count among the failed. */
  synchronized String report() {
    return """
    files      %d
    new        %d
    duplicate  %d
    repaired   %d
    rejected   %d
    failed     %d
    """
        .formatted(files, fresh, duplicates, repaired, rejected, failed());
  }
}
