package org.waybill.dispatch;

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
import java.util.function.Function;

/** A gateway that answers what the test tells it to and remembers what it received. */
final class Sink implements AutoCloseable {
  /** One request. */
  record Received(String key, int attempt, String body) {}

  /** One answer; a status of 0 is none at all until the sink is closed. */
  record Answer(int status, String retryAfter) {}

  static final Answer NONE = new Answer(0, "");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Answer> answers = request -> new Answer(200, "");

  Sink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
  }

  void answer(int status) {
    answers = request -> new Answer(status, "");
  }

  void answer(Function<Received, Answer> each) {
    answers = each;
  }

  List<Received> received() {
    return received;
  }

  List<String> keys() {
    return received.stream().map(Received::key).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Received request =
        new Received(
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            Integer.parseInt(exchange.getRequestHeaders().getFirst("Waybill-Attempt")),
            body);
    received.add(request);
    Answer answer = answers.apply(request);
    if (answer.status() == 0) {
      return;
    }
    if (!answer.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
    }
    byte[] text = ("answer " + answer.status()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
