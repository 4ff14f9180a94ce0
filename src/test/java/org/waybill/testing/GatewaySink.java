package org.waybill.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gateway of a black-box test: takes everything and remembers it. */
public final class GatewaySink implements AutoCloseable {
  /** One request as it came. */
  public record Received(@Nullable String key, @Nullable String attempt, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Semaphore arrived = new Semaphore(0);

  public GatewaySink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
  }

  public List<Received> received() {
    return received;
  }

  /** Waits for that many more requests; false when they do not come in time. */
  public boolean await(int requests, long seconds) throws InterruptedException {
    return arrived.tryAcquire(requests, seconds, TimeUnit.SECONDS);
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Received(
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            exchange.getRequestHeaders().getFirst("Waybill-Attempt"),
            body));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
    arrived.release();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
