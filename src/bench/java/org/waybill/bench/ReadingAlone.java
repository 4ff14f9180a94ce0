package org.waybill.bench;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.waybill.access.Caller;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.freeswitch.FreeSwitchDialect;
import org.waybill.testing.TestEntities;

/**
 * What the dialect alone takes: from the bytes of a request's body to a CDR that obeys every rule,
 * on all cores, with no HTTP, no database and no other process.
 */
final class ReadingAlone {
  private static final int DIFFERENT = 500;
  private static final Caller SENDER =
      new Caller("key:bench", Set.of(Role.SWITCH), Set.of(Documents.ORGANIZATION));

  private final Dialect dialect;
  private final List<byte[]> bodies;

  ReadingAlone(BenchDatabase database, Documents documents) {
    Organizations organizations =
        new Organizations(new TestEntities(database.dataSource(), "bench"), Clock.systemUTC());
    dialect = new FreeSwitchDialect(organizations, Clock.systemUTC());
    bodies = Stream.generate(() -> documents.body(Load.randomUuid())).limit(DIFFERENT).toList();
  }

  double perSecond(Duration time) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      long end = start + time.toNanos();
      List<Callable<Long>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        work.add(() -> readUntil(end));
      }
      long read = 0;
      for (Future<Long> done : pool.invokeAll(work)) {
        read += done.get();
      }
      return read * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Reading alone failed.", e);
    } finally {
      pool.shutdown();
    }
  }

  private long readUntil(long end) {
    long read = 0;
    while (System.nanoTime() < end) {
      byte[] body = bodies.get((int) (read++ % DIFFERENT));
      Normalization normalization = dialect.normalize(new RawDocument(body, null, null), SENDER);
      if (!(normalization instanceof Normalization.Made)) {
        throw new IllegalStateException("A document was not read: " + normalization);
      }
    }
    return read;
  }
}
