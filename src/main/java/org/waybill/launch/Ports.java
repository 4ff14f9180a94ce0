package org.waybill.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Tells whether a port can be had, before anything slow is begun. */
final class Ports {
  private Ports() {}

  static void requireFree(int port, String setting) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new StartException(
          "WB-START-04",
          "Port %d is not available (%s); set %s to a free port, or to 0 for any."
              .formatted(port, e.getMessage(), setting),
          e);
    }
  }

  /** The port itself, or a free one for 0. */
  static int choose(int port) {
    if (port != 0) {
      return port;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartException("WB-START-04", "No free port was found: " + e.getMessage(), e);
    }
  }
}
