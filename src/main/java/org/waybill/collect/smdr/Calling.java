package org.waybill.collect.smdr;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import org.waybill.platform.SmdrLink;

/** Connects to a switch that waits for that, such as an IP Office, and again when it is cut off. */
final class Calling implements Runnable {
  private static final Logger LOG = System.getLogger(Calling.class.getName());
  private static final int CONNECT_MILLIS = 10_000;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final SmdrLink link;
  private final Connections connections;
  private final Stop stop;
  private Duration pause = FIRST_PAUSE;
  private boolean failing;

  Calling(SmdrLink link, Connections connections, Stop stop) {
    this.link = link;
    this.connections = connections;
    this.stop = stop;
  }

  @Override
  public void run() {
    while (!stop.isAsked()) {
      try {
        Socket socket = connect();
        connected();
        connections.serve(socket, link);
      } catch (IOException e) {
        failed(e);
      }
      stop.pause(pause);
      pause = shorter(pause.multipliedBy(2));
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReceiveBufferSize(Listening.RECEIVE_BUFFER);
      String host = Objects.requireNonNull(link.host());
      socket.connect(new InetSocketAddress(host, link.port()), CONNECT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void connected() {
    pause = FIRST_PAUSE;
    failing = false;
    LOG.log(Level.INFO, "WB-SMDR-08 {0} is connected.", link.name());
  }

  private void failed(IOException e) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.ERROR,
          "WB-SMDR-09 {0} cannot be reached ({1}); this is tried again. See that the switch is up,"
              + " and that its host and port in WAYBILL_SMDR_LINKS are right.",
          link.name(),
          e);
    }
  }

  private static Duration shorter(Duration next) {
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }
}
