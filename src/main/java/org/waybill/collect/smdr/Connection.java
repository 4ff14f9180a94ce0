package org.waybill.collect.smdr;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.waybill.collect.smdr.RawLine.Flaw;

/**
 * One switch that is connected: read a little, make it durable, read on. What it sends faster than
 * that waits in its own buffers.
 */
final class Connection {
  private static final Logger LOG = System.getLogger(Connection.class.getName());
  private static final int CHUNK = 8_192;

  /** How soon a stop is noticed by one that is silent. */
  private static final int LOOK_UP_MILLIS = 250;

  /** A peer that is gone without a word is found out after two minutes: 60 + 6 times 10 seconds. */
  private static final int KEEP_ALIVE_IDLE_SECONDS = 60;

  private static final int KEEP_ALIVE_INTERVAL_SECONDS = 10;
  private static final int KEEP_ALIVE_COUNT = 6;

  private final Socket socket;
  private final Delivery delivery;
  private final Stop stop;
  private final Optional<Duration> idle;
  private final LineSplitter splitter = new LineSplitter();

  /**
   * @param idle after which a silent one is closed; none: never
   */
  Connection(Socket socket, Delivery delivery, Stop stop, Optional<Duration> idle) {
    this.socket = socket;
    this.delivery = delivery;
    this.stop = stop;
    this.idle = idle;
  }

  /**
   * Returns when the peer has closed it, when it broke or was silent for too long, or at a stop.
   */
  void serve() {
    try (socket) {
      keepAlive();
      socket.setSoTimeout(LOOK_UP_MILLIS);
      read(socket.getInputStream());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The connection of " + socket.getRemoteSocketAddress() + " broke.", e);
      deliver(splitter.end(Flaw.CUT).stream().toList());
    }
  }

  private void read(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long heard = System.nanoTime();
    while (!stop.isOver() && !(stop.isAsked() && in.available() == 0)) {
      try {
        int length = in.read(chunk);
        if (length < 0) {
          deliver(splitter.end(Flaw.NONE).stream().toList());
          return;
        }
        deliver(splitter.split(chunk, length));
        heard = System.nanoTime();
      } catch (SocketTimeoutException e) {
        if (isSilentSince(heard)) {
          break;
        }
      }
    }
    deliver(splitter.end(Flaw.CUT).stream().toList());
  }

  private void deliver(List<RawLine> lines) {
    if (!lines.isEmpty()) {
      delivery.deliver(lines);
    }
  }

  private boolean isSilentSince(long heard) {
    boolean silent = idle.isPresent() && System.nanoTime() - heard >= idle.get().toNanos();
    if (silent) {
      LOG.log(
          Level.WARNING,
          "WB-SMDR-07 {0} has sent nothing for {1}, so its connection is closed; it may connect"
              + " again. WAYBILL_SMDR_IDLE_TIMEOUT says how long it may be silent.",
          socket.getRemoteSocketAddress(),
          idle.get());
    }
    return silent;
  }

  private void keepAlive() throws IOException {
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_COUNT);
    }
  }
}
