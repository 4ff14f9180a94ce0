package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.waybill.document.CdrReader;
import org.waybill.task.TaskRules;

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
  private final TaskRules rules;

  @Inject
  FirstReading(CdrReader reader, GroupCommit commits, TaskRules rules) {
    this.reader = reader;
    this.commits = commits;
    this.rules = rules;
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object start) {
    reader.read(DOCUMENT, null);
    rules.all();
    commits.waiting(); // the writers start with the first call
  }
}
