package org.waybill.document;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The documents in src/test/resources/document, and those that are too large to be kept and so are
 * made by their names. {@code answers.tsv} beside them says how each is answered.
 */
public final class Documents {
  private static final int MANY = 260_000;
  private static final int NINE_MILLION = 9_000_000;

  private Documents() {}

  /**
   * @param status of the answer to {@code POST /api/cdrs}
   * @param reason that the document is kept under; empty for an accepted one
   * @param violations in their order, each {@code line:column sentence}
   */
  public record Answer(
      String document, String contentType, int status, String reason, List<String> violations) {
    /** The charset parameter of the content type; empty without one. */
    public String charset() {
      int at = contentType.indexOf("charset=");
      return at < 0 ? "" : contentType.substring(at + "charset=".length());
    }

    @Override
    public String toString() {
      return document;
    }
  }

  /** How each document is answered. */
  public static List<Answer> answers() {
    return text("answers.tsv").lines().skip(1).map(Documents::answer).toList();
  }

  /** The documents that are kept as files. */
  static List<String> names() {
    File[] files = Objects.requireNonNull(new File("src/test/resources/document").listFiles());
    return Arrays.stream(files).map(File::getName).filter(name -> name.endsWith(".xml")).toList();
  }

  public static byte[] bytes(String name) {
    String made = made(name);
    if (made != null) {
      return made.getBytes(StandardCharsets.UTF_8);
    }
    try (InputStream in = Documents.class.getResourceAsStream("/document/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static Answer answer(String line) {
    String[] cells = line.split("\t", -1);
    List<String> violations = cells[4].isEmpty() ? List.of() : List.of(cells[4].split(" \\| "));
    return new Answer(cells[0], cells[1], Integer.parseInt(cells[2]), cells[3], violations);
  }

  private static @Nullable String made(String name) {
    return switch (name) {
      // cdr, data and variables are three of them.
      case "made-depth-100.xml" -> variables(1, "<a>".repeat(97) + "</a>".repeat(97));
      case "made-depth-101.xml" -> variables(2, "<a>".repeat(98) + "</a>".repeat(98));
      case "made-depth-bomb.xml" -> variables(3, "<a>".repeat(5_000) + "</a>".repeat(5_000));
      case "made-depth-bomb-unclosed.xml" -> "<a>".repeat(9_000);
      case "made-depth-bomb-huge.xml" -> "<a>".repeat(3_000_000);
      case "made-attributes-1000.xml" -> variables(4, "<a" + attributes(1_000) + "/>");
      case "made-attributes-1001.xml" -> variables(5, "<a" + attributes(1_001) + "/>");
      case "made-attribute-flood.xml" -> variables(6, "<a" + attributes(MANY) + "/>");
      case "made-namespace-flood.xml" -> variables(7, "<a" + namespaces(MANY) + "/>");
      case "made-name-1000.xml" -> variables(8, "<" + "n".repeat(1_000) + "/>");
      case "made-name-1001.xml" -> variables(9, "<" + "n".repeat(1_001) + "/>");
      case "made-prefixed-name-1000.xml" ->
          variables(21, "<p:" + "n".repeat(998) + " xmlns:p='u'/>");
      case "made-attribute-name-1000.xml" -> variables(22, "<a " + "n".repeat(1_000) + "=''/>");
      case "made-instruction-name-1000.xml" -> variables(23, "<?" + "n".repeat(1_000) + "?>");
      case "made-namespaces-1000.xml" -> variables(24, "<a" + namespaces(1_000) + "/>");
      case "made-namespaces-1001.xml" -> variables(25, "<a" + namespaces(1_001) + "/>");
      case "made-depth-100-of-empty.xml" ->
          variables(26, "<a>".repeat(96) + "<b/>" + "</a>".repeat(96));
      case "made-depth-101-of-empty.xml" ->
          variables(27, "<a>".repeat(97) + "<b/>" + "</a>".repeat(97));
      case "made-prefixed-name-1001.xml" ->
          variables(10, "<p:" + "n".repeat(999) + " xmlns:p='u'/>");
      case "made-attribute-name-1001.xml" -> variables(11, "<a " + "n".repeat(1_001) + "=''/>");
      case "made-instruction-name-1001.xml" -> variables(12, "<?" + "n".repeat(1_001) + "?>");
      case "made-elements-flood.xml" -> variables(13, "<a/>".repeat(MANY));
      case "made-text-of-9-mb.xml" -> variables(14, "<a>" + "x".repeat(NINE_MILLION) + "</a>");
      case "made-comment-of-9-mb.xml" -> variables(15, "<!--" + "x".repeat(NINE_MILLION) + "-->");
      case "made-attribute-of-9-mb.xml" ->
          variables(16, "<a b='" + "x".repeat(NINE_MILLION) + "'/>");
      case "made-organization-of-9-mb.xml" ->
          variables(17, "").replace(">1001<", ">" + "9".repeat(NINE_MILLION) + "<");
      case "made-uuid-of-9-mb.xml" ->
          variables(18, "").replaceFirst("<uuid>", "<uuid>" + "a".repeat(NINE_MILLION));
      case "made-tasks-1000.xml" -> tasks(19, 1_000);
      case "made-tasks-1001.xml" -> tasks(20, 1_001);
      default -> null;
    };
  }

  private static String attributes(int count) {
    return IntStream.range(0, count).mapToObj(i -> " a" + i + "=''").collect(Collectors.joining());
  }

  private static String namespaces(int count) {
    return attributes(count).replace(" a", " xmlns:a").replace("''", "'u'");
  }

  private static String tasks(int number, int count) {
    return variables(number, "")
        .replace(
            "</data>", "</data><tasks>" + "<task type='Generic'/>\n".repeat(count) + "</tasks>");
  }

  private static String variables(int number, String content) {
    return """
        <cdr><data>
        <uuid>d0c00000-0000-4000-8000-1%011d</uuid>
        <StartEpoch>1705312800</StartEpoch>
        <TableSuffix>20240115</TableSuffix>
        <rmOrgID>1001</rmOrgID>
        <variables>%s</variables>
        </data></cdr>
        """
        .formatted(number, content);
  }
}
