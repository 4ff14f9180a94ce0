package org.waybill.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.waybill.testing.WaybillServer;

/** A document of which the last byte is held back, so that its request stays in flight. */
final class SlowRequest {
  private static final int TRIES = 1000;
  private static final Pattern IN_FLIGHT =
      Pattern.compile("(?m)^waybill_http_requests_in_flight (\\S+)$");

  private final Socket socket;
  private final byte[] body;

  private SlowRequest(Socket socket, byte[] body) {
    this.socket = socket;
    this.body = body;
  }

  static SlowRequest begin(WaybillServer server, String document) throws IOException {
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    String credentials =
        Base64.getEncoder()
            .encodeToString(
                ("admin:" + WaybillServer.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
    String head =
        String.join(
            "\r\n",
            "POST /api/cdrs HTTP/1.1",
            "Host: localhost",
            "Authorization: Basic " + credentials,
            "Content-Type: application/xml",
            "Content-Length: " + body.length,
            "",
            "");
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort());
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body, 0, body.length - 1);
    socket.getOutputStream().flush();
    awaitInFlight(server);
    return new SlowRequest(socket, body);
  }

  /** The request itself and the one that asks. */
  private static void awaitInFlight(WaybillServer server) {
    for (int i = 0; i < TRIES; i++) {
      Matcher requests = IN_FLIGHT.matcher(server.get("/metrics").body());
      if (requests.find() && Double.parseDouble(requests.group(1)) >= 2) {
        return;
      }
    }
    throw new IllegalStateException("The server does not count the request as in flight.");
  }

  /** Sends the last byte and returns the first line of the answer. */
  String finish() throws IOException {
    try (socket) {
      socket.getOutputStream().write(body, body.length - 1, 1);
      socket.getOutputStream().flush();
      byte[] answer = socket.getInputStream().readNBytes(64);
      return new String(answer, StandardCharsets.US_ASCII);
    }
  }
}
