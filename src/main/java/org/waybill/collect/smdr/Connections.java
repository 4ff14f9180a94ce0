package org.waybill.collect.smdr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.waybill.normalize.smdr.LineReader;
import org.waybill.platform.Settings;
import org.waybill.platform.SmdrLink;

/** The switches that are connected, each with a thread that waits most of the time. */
final class Connections {
  private static final Logger LOG = System.getLogger(Connections.class.getName());

  /** Each costs a thread and some kilobytes; more are no switches. */
  private static final int MOST = 500;

  private final Delivery.Way way;
  private final Settings settings;
  private final Stop stop;
  private final Semaphore places = new Semaphore(MOST);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  Connections(Delivery.Way way, Settings settings, Stop stop) {
    this.way = way;
    this.settings = settings;
    this.stop = stop;
  }

  /** Serves it on a thread of its own. */
  void begin(Socket socket, SmdrLink link) {
    Thread thread = new Thread(() -> serve(socket, link), "waybill-" + link.name());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Serves it and returns when it has ended. */
  void serve(Socket socket, SmdrLink link) {
    if (!places.tryAcquire()) {
      refuse(socket, link);
      return;
    }
    way.metrics().opened(link.name());
    Delivery delivery = new Delivery(way, link, new LineReader(link.layout(), settings), stop);
    try {
      new Connection(socket, delivery, stop, settings.smdr().idleTimeout()).serve();
      keepLeft(delivery, link);
    } finally {
      way.metrics().closed(link.name());
      places.release();
      threads.remove(Thread.currentThread());
    }
  }

  /** Those that serve connections, but for the ones that called. */
  Set<Thread> threads() {
    return Set.copyOf(threads);
  }

  private void refuse(Socket socket, SmdrLink link) {
    threads.remove(Thread.currentThread());
    LOG.log(
        Level.ERROR,
        "WB-SMDR-06 {0} wants to connect to {1}, but {2} connections are open already; see who"
            + " connects there. It is sent away.",
        socket.getRemoteSocketAddress(),
        link.name(),
        MOST);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "It was gone already.", e);
    }
  }

  /** A switch takes for delivered what was read, and would not send it again. */
  private void keepLeft(Delivery delivery, SmdrLink link) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] line : delivery.left()) {
      bytes.writeBytes(line);
      bytes.write('\n');
    }
    if (bytes.size() == 0) {
      return;
    }
    try {
      Path file =
          Files.createTempFile(
              settings.dataDir(), link.name().replaceAll("[^A-Za-z0-9.-]", "-") + "-", ".txt");
      Files.write(file, bytes.toByteArray());
      LOG.log(
          Level.ERROR,
          "WB-SMDR-05 The server stops while the database is away, so call records that {0} had sent"
              + " are not stored. They are in {1}: send that file to {0} once all is up again, as"
              + " with nc.",
          link.name(),
          file);
    } catch (IOException e) {
      throw new UncheckedIOException(bytes + " cannot be kept in the data directory.", e);
    }
  }
}
