package org.waybill.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A gateway that does with a request what its test says, over real HTTP, or over less. */
final class ScriptedGateway implements AutoCloseable {
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<ServerSocket> listeners = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;

  ScriptedGateway() throws IOException {
    // Room for every connection of a test: one that finds the queue of connections full is tried
    // again only after seconds.
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.setExecutor(workers);
    server.start();
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    for (ServerSocket listener : listeners) {
      listener.close();
    }
    server.stop(0);
    workers.shutdownNow();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void serve(HttpHandler handler) {
    serve("/", handler);
  }

  void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  void waitForTheEnd() {
    boolean unused = overWithin(60_000);
  }

  boolean overWithin(long millis) {
    try {
      return over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** A server that does what it likes with one connection, then closes it. */
  String raw(Conversation conversation) throws IOException {
    ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    listeners.add(listening);
    workers.execute(
        () -> {
          try (Socket socket = listening.accept()) {
            conversation.hold(socket);
          } catch (IOException e) {
            // The sender hung up, or the test is over.
          }
        });
    return "http://127.0.0.1:" + listening.getLocalPort() + "/";
  }

  @FunctionalInterface
  interface Conversation {
    void hold(Socket socket) throws IOException;
  }

  static long flood(OutputStream out, long bytes) {
    byte[] some = new byte[64 * 1024];
    long written = 0;
    try (out) {
      for (; written < bytes; written += some.length) {
        out.write(some);
      }
    } catch (IOException e) {
      return written;
    }
    return written;
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
