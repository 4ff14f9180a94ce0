package org.waybill.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/** From the first byte of a POST to its arrival at the gateway, one at a time. */
final class Latency {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final long[] nanos;

  private Latency(long[] nanos) {
    this.nanos = nanos;
  }

  static Latency measure(URI server, Load load, Sink sink, int posts)
      throws IOException, InterruptedException {
    long[] nanos = new long[posts];
    try (Wire wire = new Wire(server)) {
      for (int i = 0; i < posts; i++) {
        byte[] request = load.request(Load.randomUuid());
        int expected = sink.distinct() + 1;
        long start = System.nanoTime();
        int status = wire.exchange(request);
        if (status != 201) {
          throw new IOException("POST /api/cdrs was answered " + status + ".");
        }
        sink.await(expected, start + LONGEST.toNanos());
        nanos[i] = sink.lastArrival() - start;
        Thread.sleep(20); // so that the next one finds the server idle
      }
    }
    Arrays.sort(nanos);
    return new Latency(nanos);
  }

  double millisAt(double share) {
    int index = (int) Math.min(nanos.length - 1L, Math.round(share * nanos.length));
    return nanos[index] / 1e6;
  }
}
