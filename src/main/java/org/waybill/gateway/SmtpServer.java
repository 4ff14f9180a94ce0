package org.waybill.gateway;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * {@code smtp://user:pass@host:port} taken apart, with what Jakarta Mail must know to speak to it.
 *
 * @param protocol {@code smtp}, which turns to TLS when it is offered, or {@code smtps}
 */
record SmtpServer(
    String protocol,
    String host,
    int port,
    @Nullable String user,
    @Nullable String password,
    Duration timeout) {

  /**
   * @throws IllegalArgumentException when the URL names no SMTP server
   */
  static SmtpServer of(URI url, Duration timeout) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("smtp") || scheme.equals("smtps"))) {
      throw new IllegalArgumentException("An SMTP URL is smtp://host:port or smtps://host:port");
    }
    int usual = scheme.equals("smtps") ? 465 : 25;
    String info = url.getRawUserInfo();
    int colon = info == null ? -1 : info.indexOf(':');
    String user = info == null ? null : decoded(colon < 0 ? info : info.substring(0, colon));
    String password = info == null ? null : colon < 0 ? "" : decoded(info.substring(colon + 1));
    int port = url.getPort() < 0 ? usual : url.getPort();
    return new SmtpServer(scheme, url.getHost(), port, user, password, timeout);
  }

  /** How messages name it: without credentials. */
  String shown() {
    return protocol + "://" + host + ":" + port;
  }

  Properties properties() {
    Properties properties = new Properties();
    String millis = Long.toString(timeout.toMillis());
    set(properties, "connectiontimeout", millis);
    set(properties, "timeout", millis);
    set(properties, "writetimeout", millis);
    set(properties, "auth", Boolean.toString(user != null));
    set(properties, "starttls.enable", "true");
    set(properties, "ssl.checkserveridentity", "true");
    // Waiting for the goodbye could turn a message that was taken into one that is sent again.
    set(properties, "quitwait", "false");
    return properties;
  }

  void connect(Transport transport) throws MessagingException {
    transport.connect(host, port, user, password);
  }

  @Override
  public String toString() {
    return shown();
  }

  private void set(Properties properties, String name, String value) {
    properties.setProperty("mail." + protocol + "." + name, value);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
