package org.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** Posts CDRs, each with a uuid of its own, over so many connections at once. */
final class Load {
  private final URI server;
  private final Documents documents;
  private final byte[] head;
  private final AtomicLong later = new AtomicLong();

  Load(URI server, String apiKey, Documents documents) {
    this.server = server;
    this.documents = documents;
    this.head =
        """
        POST %s HTTP/1.1\r
        Host: %s:%d\r
        Authorization: Bearer %s\r
        Content-Type: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(
                documents.path(),
                server.getHost(),
                server.getPort(),
                apiKey,
                documents.contentType(),
                documents.bytes())
            .getBytes(US_ASCII);
  }

  /** Requests that were answered 503 so far: the server was asked for more than it could do. */
  long later() {
    return later.get();
  }

  /** How many were acknowledged as stored, and in what time. */
  record Outcome(long stored, Duration time) {
    double perSecond() {
      return stored * 1e9 / time.toNanos();
    }
  }

  Outcome during(int connections, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    return run(connections, sent -> System.nanoTime() < end);
  }

  Outcome exactly(int connections, long count) throws InterruptedException {
    return run(connections, sent -> sent < count);
  }

  private Outcome run(int connections, LongPredicate goOn) throws InterruptedException {
    AtomicLong sent = new AtomicLong();
    AtomicLong stored = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      Thread thread = new Thread(() -> post(sent, stored, goOn), "load-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return new Outcome(stored.get(), Duration.ofNanos(System.nanoTime() - start));
  }

  private void post(AtomicLong sent, AtomicLong stored, LongPredicate goOn) {
    try (Wire wire = new Wire(server)) {
      while (goOn.test(sent.getAndIncrement())) {
        int status = wire.exchange(request(randomUuid()));
        if (status == documents.stored()) {
          stored.incrementAndGet();
        } else if (status == 503) {
          later.incrementAndGet();
          Thread.sleep(100);
        } else {
          throw new IllegalStateException(
              "POST " + documents.path() + " was answered " + status + ".");
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("A connection to the server failed.", e);
    }
  }

  byte[] request(UUID uuid) {
    byte[] body = documents.body(uuid);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /** Not {@link UUID#randomUUID}, whose secure source costs more than the request. */
  static UUID randomUuid() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        (random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
  }
}
