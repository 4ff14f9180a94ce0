package org.waybill.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway that refuses all it is sent, for one of three causes by the number of the task, until
 * it is mended. From then on it takes each key once, and knows it again.
 */
final class MendableGateway implements AutoCloseable {
  private static final List<Integer> STATUSES = List.of(400, 413, 422);
  private static final List<String> CAUSES =
      List.of("the account has expired", "no room is left", "no such customer");

  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> delivered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger repeated = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(32);
  private final HttpServer server;
  private volatile boolean mended;

  MendableGateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
  }

  void mend() {
    mended = true;
  }

  void spoil() {
    mended = false;
  }

  /** The keys of what was refused once. */
  Set<String> refused() {
    return refused;
  }

  /** The keys of what was taken. */
  Set<String> delivered() {
    return delivered;
  }

  /** What came again although it had been taken. */
  int repeated() {
    return repeated.get();
  }

  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    int number = Integer.parseInt(key.replaceAll("-.*", ""));
    int cause = number % STATUSES.size();
    int status = STATUSES.get(cause);
    if (mended) {
      status = delivered.add(key) ? 200 : 409;
      repeated.addAndGet(status == 409 ? 1 : 0);
    } else {
      refused.add(key);
    }
    byte[] answer =
        "{\"error\":\"%s: %d\"}"
            .formatted(CAUSES.get(cause), number)
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
