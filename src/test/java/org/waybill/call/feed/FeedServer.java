package org.waybill.call.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A call-flow platform as facts/callflow.md has it: items in ascending order of their ids, a cursor
 * only after a full page, and 422 for a limit that is none.
 */
final class FeedServer implements AutoCloseable {
  /** Answers a request otherwise than usual; false when it does not. */
  @FunctionalInterface
  interface Whim {
    boolean answer(HttpExchange exchange, Request request) throws IOException;
  }

  /** What was asked for. */
  record Request(Feed feed, long cursor, int limit) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<Feed, ConcurrentSkipListMap<Long, String>> items = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Whim whim = (exchange, request) -> false;
  private volatile boolean bare;

  FeedServer() {
    for (Feed feed : Feed.values()) {
      items.put(feed, new ConcurrentSkipListMap<>());
    }
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/flow/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** The 20 calls of the fixtures, with all that belongs to them. */
  FeedServer withFixtures() {
    return withItemsOf(Path.of("src/test/resources/callflow"));
  }

  /** Those of the four files of a platform. */
  FeedServer withItemsOf(Path directory) {
    for (Feed feed : Feed.values()) {
      try (InputStream file = Files.newInputStream(directory.resolve(feed.word() + ".json"));
          JsonReader reader = Json.createReader(file)) {
        reader
            .readObject()
            .getJsonArray(feed.word())
            .getValuesAs(JsonObject.class)
            .forEach(item -> put(feed, item.getInt(feed.key()), item.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return this;
  }

  /** Answers in the shape that is an array and nothing else. */
  FeedServer bare() {
    bare = true;
    return this;
  }

  private ConcurrentSkipListMap<Long, String> of(Feed feed) {
    return Objects.requireNonNull(items.get(feed));
  }

  void put(Feed feed, long id, String item) {
    of(feed).put(id, item);
  }

  String get(Feed feed, long id) {
    return Objects.requireNonNull(of(feed).get(id));
  }

  void remove(Feed feed, long id) {
    of(feed).remove(id);
  }

  void whim(Whim next) {
    whim = next;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/flow");
  }

  List<Request> requests(Feed feed) {
    return requests.stream().filter(request -> request.feed() == feed).toList();
  }

  void forgetRequests() {
    requests.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query =
          Arrays.stream(String.valueOf(exchange.getRequestURI().getRawQuery()).split("&"))
              .map(pair -> pair.split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
      Request request =
          new Request(
              feed(exchange.getRequestURI().getPath()),
              Long.parseLong(query.getOrDefault("cursor", "0")),
              Integer.parseInt(query.getOrDefault("limit", "10")));
      requests.add(request);
      if (!whim.answer(exchange, request)) {
        answer(exchange, request);
      }
    }
  }

  private void answer(HttpExchange exchange, Request request) throws IOException {
    if (request.limit() <= 0) {
      send(exchange, 422, "{\"detail\":[]}");
      return;
    }
    List<Map.Entry<Long, String>> page =
        of(request.feed()).tailMap(request.cursor(), false).entrySet().stream()
            .limit(request.limit())
            .toList();
    String results =
        page.stream().map(Map.Entry::getValue).collect(Collectors.joining(", ", "[", "]"));
    boolean full = page.size() == request.limit();
    String next = full ? String.valueOf(page.get(page.size() - 1).getKey()) : "null";
    send(
        exchange,
        200,
        bare ? results : "{\"results\":" + results + ",\"next_cursor\":" + next + "}");
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Feed feed(String path) {
    return Arrays.stream(Feed.values())
        .filter(feed -> path.endsWith("/" + feed.word()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
