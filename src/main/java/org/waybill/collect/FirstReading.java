package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.waybill.document.CdrReader;

/**
 * Reads a document before anybody sends one: compiling the schema and loading both readers takes
 * longer than a first sender may wait.
 */
@ApplicationScoped
class FirstReading {
  private static final byte[] DOCUMENT =
      "<cdr><data><uuid>?</uuid></data></cdr>".getBytes(StandardCharsets.UTF_8);

  private final CdrReader reader;
  private final GroupCommit commits;

  @Inject
  FirstReading(CdrReader reader, GroupCommit commits) {
    this.reader = reader;
    this.commits = commits;
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object start) {
    reader.read(DOCUMENT, null);
    commits.waiting(); // the writers start with the first call
  }
}
