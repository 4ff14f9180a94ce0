import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * A gateway that counts what it is given, shows the last ones, and can be broken on purpose: {@code
 * java src/demo/SampleGateway.java storage 18081}.
 */
public final class SampleGateway {
  private static final int SHOWN = 10;

  private final String name;
  private final Set<String> keys = new HashSet<>();
  private final Deque<String> last = new ArrayDeque<>();
  private int repeats;
  private boolean broken;

  private SampleGateway(String name) {
    this.name = name;
  }

  /** Arguments: its name and its port. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[1]);
    new SampleGateway(arguments[0]).listen(port);
    System.out.println("Sample gateway " + arguments[0] + ": http://localhost:" + port + "/");
  }

  private void listen(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> answer(exchange, 200, "text/html", page()));
    server.createContext("/count", exchange -> answer(exchange, 200, "text/plain", count()));
    server.createContext("/cdrs", this::receive);
    server.createContext("/break", exchange -> breakOrMend(exchange, true));
    server.createContext("/mend", exchange -> breakOrMend(exchange, false));
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.start();
  }

  private synchronized String count() {
    return keys.size() + (repeats > 0 ? " (and " + repeats + " repeats)" : "");
  }

  private synchronized void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (broken) {
      answer(exchange, 503, "text/plain", "This gateway is broken on purpose.");
      return;
    }
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    repeats += keys.add(key) ? 0 : 1;
    last.addFirst(
        "Idempotency-Key: %s%nWaybill-Attempt: %s%n%n%s"
            .formatted(key, exchange.getRequestHeaders().getFirst("Waybill-Attempt"), body));
    if (last.size() > SHOWN) {
      last.removeLast();
    }
    answer(exchange, 204, "text/plain", "");
  }

  private synchronized void breakOrMend(HttpExchange exchange, boolean toBroken)
      throws IOException {
    broken = toBroken;
    answer(
        exchange,
        200,
        "text/plain",
        "The " + name + " gateway " + (toBroken ? "answers 503 from now on.\n" : "works again.\n"));
  }

  private synchronized String page() {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"refresh\" content=\"2\"><title>")
        .append(name)
        .append(" gateway</title></head><body><h1>Sample ")
        .append(name)
        .append(" gateway</h1><p>Received: ")
        .append(count())
        .append(broken ? ". It is broken and answers 503.</p>" : ".</p>");
    for (String one : last) {
      page.append("<pre>").append(escaped(one)).append("</pre><hr>");
    }
    return page.append("</body></html>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
