package org.waybill.task;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's URL as people may see it, and send it back: {@code smtp://user:***@host}. A userinfo
 * without a colon is most likely a token, and wholly secret.
 */
public final class MaskedUrl {
  private static final String MASK = "***";

  private MaskedUrl() {}

  public static String of(URI url) {
    String info = url.getRawUserInfo();
    return info == null ? url.toString() : withUserInfo(url, info, masked(info));
  }

  /**
   * The URL that is meant by one that may hold the mask.
   *
   * @param stored the one that was shown, where there is one
   * @throws IllegalArgumentException with a sentence for the operator, when the mask stands for no
   *     secret that is known
   */
  public static URI unmasked(URI sent, @Nullable URI stored) {
    String info = sent.getRawUserInfo();
    if (info == null || !(info.equals(MASK) || info.endsWith(":" + MASK))) {
      return sent;
    }
    String secret = stored == null ? null : stored.getRawUserInfo();
    if (secret == null || !masked(secret).equals(info)) {
      throw new IllegalArgumentException(
          "The url has *** in place of a password that is not known: write the password itself.");
    }
    return URI.create(withUserInfo(sent, info, secret));
  }

  private static String masked(String info) {
    int colon = info.indexOf(':');
    return info.substring(0, colon + 1) + MASK;
  }

  private static String withUserInfo(URI url, String old, String info) {
    // It stands right behind the //, so a like text further on is not met.
    String text = url.toString();
    int at = text.indexOf("//" + old + "@") + 2;
    return text.substring(0, at) + info + text.substring(at + old.length());
  }
}
