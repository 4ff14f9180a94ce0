package org.waybill.collect.smdr;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.waybill.platform.SmdrLink;

/** A port to which switches connect. */
final class Listening implements Runnable {
  private static final Logger LOG = System.getLogger(Listening.class.getName());
  private static final int BACKLOG = 256;

  /** What a crash may take: the switch believes that it is delivered. So it is small. */
  static final int RECEIVE_BUFFER = 65_536;

  private static final int LOOK_UP_MILLIS = 250;
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final SmdrLink link;
  private final Connections connections;
  private final Stop stop;
  private boolean failing;

  Listening(SmdrLink link, Connections connections, Stop stop) {
    this.link = link;
    this.connections = connections;
    this.stop = stop;
  }

  @Override
  public void run() {
    while (!stop.isAsked()) {
      try (ServerSocket server = new ServerSocket()) {
        server.setReceiveBufferSize(RECEIVE_BUFFER);
        server.bind(new InetSocketAddress(link.port()), BACKLOG);
        server.setSoTimeout(LOOK_UP_MILLIS);
        opened(server.getLocalPort());
        accept(server);
      } catch (IOException e) {
        failed(e);
        stop.pause(PAUSE);
      }
    }
  }

  private void accept(ServerSocket server) throws IOException {
    while (!stop.isAsked()) {
      try {
        Socket socket = server.accept();
        connections.begin(socket, link);
      } catch (SocketTimeoutException e) {
        // Nobody has come; perhaps it is time to stop.
      }
    }
  }

  private void opened(int number) {
    failing = false;
    LOG.log(
        Level.INFO,
        "WB-SMDR-01 Avaya call records of organization {0} in the layout {1} are taken on port {2}.",
        String.valueOf(link.rmOrgId()),
        link.layout(),
        String.valueOf(number));
  }

  private void failed(IOException e) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.ERROR,
          "WB-SMDR-02 No Avaya call records can be taken on port "
              + link.port()
              + "; this is tried again. Give it free, or set another port.",
          e);
    }
  }
}
