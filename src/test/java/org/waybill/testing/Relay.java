package org.waybill.testing;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.waybill.platform.Database;

/**
 * Stands between a test and the real database, so that a test can take the database away, as a
 * killed one does ({@link #cut}) or as a hung one does ({@link #freeze}), from nobody but itself.
 */
public final class Relay implements AutoCloseable {
  private final TestDatabase database;
  private final URI target;
  private final int port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile ServerSocket server;
  private volatile boolean frozen;

  public Relay(TestDatabase database) {
    this.database = database;
    this.target = URI.create(database.url().substring("jdbc:".length()));
    this.server = listen(0);
    this.port = server.getLocalPort();
  }

  /** Its JDBC address by way of here. */
  String url() {
    String direct = target.getHost() + ":" + target.getPort();
    return database.url().replace(direct, "127.0.0.1:" + port);
  }

  /** The same database, reached through here. */
  public Database database() {
    return new Database(dataSource());
  }

  public DataSource dataSource() {
    MysqlDataSource dataSource = new MysqlDataSource();
    dataSource.setUrl(url());
    MysqlDataSource original = (MysqlDataSource) database.dataSource();
    dataSource.setUser(original.getUser());
    dataSource.setPassword(original.getPassword());
    return dataSource;
  }

  /** Ends every connection and refuses new ones. */
  public void cut() {
    close();
  }

  /** After a {@link #cut}: the database is back where it was. */
  public void mend() {
    server = listen(port);
  }

  /** Keeps connections open and accepts new ones, but passes nothing on. */
  public void freeze() {
    frozen = true;
  }

  public void thaw() {
    frozen = false;
  }

  @Override
  public synchronized void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerSocket listen(int where) {
    try {
      ServerSocket socket = new ServerSocket(where, 50, InetAddress.getLoopbackAddress());
      start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket behind = new Socket(target.getHost(), target.getPort());
        if (!letIn(socket, client, behind)) {
          return;
        }
        start(() -> pass(client, behind));
        start(() -> pass(behind, client));
      }
    } catch (IOException e) {
      // The server socket was closed: nobody is let in any more.
    }
  }

  /** One that was accepted while the server socket was being closed must not slip through. */
  private synchronized boolean letIn(ServerSocket socket, Socket client, Socket behind)
      throws IOException {
    if (socket.isClosed()) {
      client.close();
      behind.close();
      return false;
    }
    sockets.addAll(List.of(client, behind));
    return true;
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[65_536];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        while (frozen) {
          Thread.sleep(5);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side hung up: so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
