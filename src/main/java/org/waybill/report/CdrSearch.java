package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.RawDocuments;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.StoredRaw;
import org.waybill.platform.Database;

/**
 * Finds CDRs. Lists are read a page at a time along an index, never counted, and only in the
 * partitions of the days asked for; where no index fits, a page is broken off and says where to go
 * on.
 */
@ApplicationScoped
public class CdrSearch {
  private final Database database;
  private final CdrStore store;
  private final Backwards backwards;

  @Inject
  public CdrSearch(Database database, CdrStore store) {
    this(database, store, Backwards.LONGEST);
  }

  CdrSearch(Database database, CdrStore store, Duration longest) {
    this.database = database;
    this.store = store;
    this.backwards = new Backwards(longest);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected CdrSearch() {
    this(null, null);
  }

  /** One CDR with its document. */
  public Optional<StoredCdr> find(UUID uuid) {
    return database.read("find a CDR", connection -> store.read(connection, uuid));
  }

  /** What a CDR was made of; empty for one that came in our own schema, whose document it is. */
  public Optional<StoredRaw> raw(StoredCdr cdr) {
    return database.read("find a raw document", connection -> RawDocuments.find(connection, cdr));
  }

  /** The bytes of the same. */
  public Optional<byte[]> rawBody(StoredCdr cdr) {
    return database.read("read a raw document", connection -> RawDocuments.body(connection, cdr));
  }

  /**
   * Newest first.
   *
   * @param after the last one of the page before
   */
  public Found<CdrLine> page(CdrFilter filter, @Nullable CdrCursor after, int limit) {
    return database.read(
        "list CDRs", connection -> new CdrWalk(connection, filter, after).page(backwards, limit));
  }
}
