package org.waybill.console.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A script or style of the pages. Its name holds a hash of its content, so that browsers may keep
 * it for ever and never see an old one.
 *
 * @param name such as {@code waybill.0123456789ab.css}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asset(String name, String type, byte[] bytes, byte[] packed) {
  private static final String SCRIPT = "text/javascript;charset=UTF-8";
  private static final int HASH = 12;

  static final Asset STYLE = read("waybill.css", "waybill", "text/css;charset=UTF-8");
  static final Asset SCRIPTS = read("waybill.js", "waybill", SCRIPT);
  static final Asset CHART = read("wb-chart.js", "wb-chart", SCRIPT);
  static final Asset HTMX = read("htmx.min.js", "htmx", SCRIPT);
  static final Asset ICON = read("icon.svg", "icon", "image/svg+xml");

  private static final Map<String, Asset> ALL =
      List.of(STYLE, SCRIPTS, CHART, HTMX, ICON).stream()
          .collect(Collectors.toMap(Asset::name, Function.identity()));

  static Optional<Asset> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  String path() {
    return "/assets/" + name;
  }

  private static Asset read(String file, String word, String type) {
    try (InputStream input = Asset.class.getResourceAsStream("/assets/" + file)) {
      if (input == null) {
        throw new IllegalStateException("The build left out assets/" + file + ".");
      }
      byte[] bytes = input.readAllBytes();
      String ending = file.substring(file.lastIndexOf('.'));
      return new Asset(word + "." + hash(bytes) + ending, type, bytes, packed(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream output = new GZIPOutputStream(packed)) {
      output.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
