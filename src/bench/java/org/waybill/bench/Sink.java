package org.waybill.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A gateway that accepts everything and remembers when it first met each idempotency key. */
final class Sink implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(32);
  private final ConcurrentHashMap<String, Long> arrivals = new ConcurrentHashMap<>();
  private final AtomicLong repeats = new AtomicLong();
  private long lastArrival;

  Sink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.createContext("/", this::accept);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  int distinct() {
    return arrivals.size();
  }

  long repeats() {
    return repeats.get();
  }

  /** By {@link System#nanoTime}. */
  synchronized long lastArrival() {
    return lastArrival;
  }

  void forget() {
    arrivals.clear();
    repeats.set(0);
  }

  private void accept(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    try (InputStream body = exchange.getRequestBody()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
    String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    if (arrivals.putIfAbsent(key, now) != null) {
      repeats.incrementAndGet();
    }
    synchronized (this) {
      lastArrival = now;
      notifyAll();
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  /** Waits until so many different deliveries have come. */
  synchronized void await(int count, long deadlineNanos) throws InterruptedException {
    while (distinct() < count) {
      long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new IllegalStateException(
            "Only " + distinct() + " of " + count + " deliveries arrived in time.");
      }
      wait(millis);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
