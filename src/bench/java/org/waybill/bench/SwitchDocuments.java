package org.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A leg of a call as mod_xml_cdr sends it with {@code encode=true}: about 15 KB of XML, percent-
 * encoded. What differs from call to call, such as tags and branches, differs here too: the same
 * text again would be packed to nothing.
 */
final class SwitchDocuments implements Documents {
  /** Stand for a uuid, 16 hexadecimal digits, 7 decimal ones; not touched by any encoding. */
  private static final Pattern SLOT = Pattern.compile("~([uhn])~");

  private static final String HEXADECIMAL = "0123456789abcdef";
  private static final String ENCODED = "\r\n \"#%&+:;<=>?@[\\]^`{|}";

  private final List<byte[]> texts = new ArrayList<>();
  private final List<Character> slots = new ArrayList<>();

  SwitchDocuments(Instant now) {
    String body = "cdr=" + encode(new SwitchLeg(now, ORGANIZATION).xml());
    Matcher slot = SLOT.matcher(body);
    int end = 0;
    while (slot.find()) {
      texts.add(body.substring(end, slot.start()).getBytes(US_ASCII));
      slots.add(slot.group(1).charAt(0));
      end = slot.end();
    }
    texts.add(body.substring(end).getBytes(US_ASCII));
  }

  @Override
  public String path() {
    return "/api/collect/freeswitch";
  }

  @Override
  public String contentType() {
    return "application/x-www-form-urlencoded";
  }

  @Override
  public int stored() {
    return 200;
  }

  @Override
  public byte[] body(UUID uuid) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(24_000);
    byte[] name = uuid.toString().getBytes(US_ASCII);
    for (int i = 0; i < slots.size(); i++) {
      body.writeBytes(texts.get(i));
      switch (slots.get(i)) {
        case 'u' -> body.writeBytes(name);
        case 'h' -> random(body, 16, 16);
        default -> random(body, 7, 10);
      }
    }
    body.writeBytes(texts.get(slots.size()));
    return body.toByteArray();
  }

  /** How switch_url_encode spells what stands in a form and in a channel variable. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() * 3 / 2);
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      if (one < ' ' || one > '~' || ENCODED.indexOf(one) >= 0) {
        encoded.append("%%%02X".formatted((int) one));
      } else {
        encoded.append(one);
      }
    }
    return encoded.toString();
  }

  private static void random(ByteArrayOutputStream body, int digits, int base) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < digits; i++) {
      body.write(HEXADECIMAL.charAt(random.nextInt(base)));
    }
  }
}
