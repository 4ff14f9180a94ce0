package org.waybill.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CdrStreamTest {
  private static final int MAX = 10_000;

  @Test
  void findsMembersUnderARootOfAnyName() throws IOException {
    assertThat(cut("<calls><cdr>1</cdr>\n<cdr a='>'>2</cdr ></calls>"))
        .containsExactly("<cdr>1</cdr>", "<cdr a='>'>2</cdr >");
  }

  @Test
  void findsDocumentsOneAfterTheOther() throws IOException {
    assertThat(cut("<?xml version='1.0'?><cdr>1</cdr><?xml version='1.0'?>\n<cdr>2</cdr>"))
        .containsExactly("<cdr>1</cdr>", "<cdr>2</cdr>");
  }

  @Test
  void findsNothingWhereNothingIs() throws IOException {
    assertThat(cut("")).isEmpty();
    assertThat(cut("<calls/>")).isEmpty();
    assertThat(cut("{\"cdr\": 1}")).isEmpty();
  }

  @Test
  void takesOnlyCdrForCdr() throws IOException {
    assertThat(cut("<cdrs><cdr-foo>1</cdr-foo><cdr><cdr-x>2</cdr-x></cdr><cdr:x/></cdrs>"))
        .containsExactly("<cdr><cdr-x>2</cdr-x></cdr>");
  }

  @Test
  void takesASelfClosedMember() throws IOException {
    assertThat(cut("<r><cdr/><cdr a='/>' /><cdr>3</cdr></r>"))
        .containsExactly("<cdr/>", "<cdr a='/>' />", "<cdr>3</cdr>");
  }

  @Test
  void passesOverTagsInCommentsAndCdataOfAMember() throws IOException {
    String first = "<cdr><!-- </cdr><cdr> --><a><![CDATA[</cdr><cdr>]]></a><?x </cdr>?></cdr>";
    assertThat(cut("<r>" + first + "<cdr>2</cdr></r>")).containsExactly(first, "<cdr>2</cdr>");
  }

  @Test
  void passesOverMembersThatAreCommentedOut() throws IOException {
    assertThat(cut("<r><!-- <cdr>0</cdr> --><cdr>1</cdr><!-- <cdr/> --></r>"))
        .containsExactly("<cdr>1</cdr>");
  }

  @Test
  void goesOnAtTheNextMemberAfterOneThatDoesNotEnd() throws IOException {
    assertThat(cut("<r><cdr><data><cdr>2</cdr><cdr>3</cdr></r>"))
        .containsExactly("<cdr><data>", "<cdr>2</cdr>", "<cdr>3</cdr>");
  }

  @Test
  void goesOnAtTheNextDeclarationAfterADocumentThatDoesNotEnd() throws IOException {
    assertThat(cut("<cdr><data><?xml version='1.0'?><cdr>2</cdr>"))
        .containsExactly("<cdr><data>", "<cdr>2</cdr>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!--", "<![CDATA[", "<?x", "<!-- -- ", "<cdr a='", "<a b=\"", "</cdr "})
  void losesNoMemberToAnOpeningThatIsNeverClosed(String opening) throws IOException {
    String broken = "<cdr>" + opening + "</cdr>";
    List<String> found = cut("<r>" + broken + "<cdr>2</cdr><cdr><!-- x -->3</cdr></r>");
    assertThat(found).endsWith("<cdr>2</cdr>", "<cdr><!-- x -->3</cdr>");
  }

  @Test
  void losesNoMemberToACdataSectionThatALaterOneCloses() throws IOException {
    String later = "<cdr><a><![CDATA[x]]></a></cdr>";
    assertThat(cut("<r><cdr><b><![CDATA[</b></cdr><cdr>2</cdr>" + later + "</r>"))
        .containsExactly("<cdr><b><![CDATA[</b></cdr>", "<cdr>2</cdr>", later);
  }

  @Test
  void yieldsTheTruncatedLastMember() throws IOException {
    assertThat(cut("<r><cdr>1</cdr><cdr><da")).containsExactly("<cdr>1</cdr>", "<cdr><da");
    assertThat(cut("<r><cdr>1</cdr><cdr")).containsExactly("<cdr>1</cdr>", "<cdr");
    assertThat(cut("<r><cdr>1</cdr")).containsExactly("<cdr>1</cdr");
  }

  @Test
  void passesOverAMemberThatIsTooLarge() throws IOException {
    String fits = "<cdr>" + "x".repeat(MAX - 11) + "</cdr>";
    String large = "<cdr>" + "x".repeat(MAX - 10) + "</cdr>";
    String huge = "<cdr>" + "<a>y</a>".repeat(MAX) + "</cdr>";
    assertThat(cut("<r>" + fits + large + huge + large + "<cdr>2</cdr></r>"))
        .containsExactly(fits, "too large", "too large", "too large", "<cdr>2</cdr>");
  }

  @Test
  void tellsWhereAMemberIs() throws IOException {
    CdrStream stream =
        stream("<r>\n<cdr>1</cdr>\n\n<cdr>2</cdr></r>".getBytes(StandardCharsets.UTF_8), null);
    assertThat(next(stream).place()).isEqualTo(new Member.Place(1, 2, 4));
    assertThat(next(stream).place()).isEqualTo(new Member.Place(2, 4, 18));
    assertThat(stream.next()).isNull();
    assertThat(stream.next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "IBM037"})
  void readsStreamsInWhichAsciiIsNotItself(String charset) throws IOException {
    String text =
        "<?xml version='1.0' encoding='" + charset + "'?><r><cdr>à€</cdr><cdr>2</cdr></r>";
    if (charset.equals("IBM037")) {
      text = text.replace("€", "");
    }
    List<Member> members = members(text.getBytes(Charset.forName(charset)), null);
    assertThat(members).hasSize(2);
    assertThat(text).contains(text((Member.Document) members.get(0)));
  }

  @Test
  void givesEachMemberTheEncodingThatWasDeclaredForIt() throws IOException {
    String text =
        "<?xml version='1.0' encoding='ISO-8859-1'?><cdr>é</cdr><cdr>è</cdr>"
            + "<?xml version='1.0'?><cdr>e</cdr>";
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(members(bytes, null))
        .extracting(member -> ((Member.Document) member).charset())
        .containsExactly("ISO-8859-1", "ISO-8859-1", null);
    assertThat(members(bytes, "windows-1252"))
        .extracting(member -> ((Member.Document) member).charset())
        .containsOnly("windows-1252");
  }

  @Test
  void leavesBytesThatAreNoUtf8ToTheMemberThatHasThem() throws IOException {
    byte[] bytes = "<r><cdr>\u00FF</cdr><cdr>2</cdr></r>".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(((Member.Document) members(bytes, null).get(0)).body())
        .containsExactly('<', 'c', 'd', 'r', '>', 0xFF, '<', '/', 'c', 'd', 'r', '>');
  }

  @Test
  void refusesOnlyTheMemberWhoseUtf16IsBroken() throws IOException {
    byte[] bytes = "<r><cdr>\uD800</cdr><cdr>2</cdr></r>".getBytes(StandardCharsets.UTF_16LE);
    // Java writes a replacement for a lone surrogate; put it in where that is.
    for (int i = 0; i < bytes.length - 1; i += 2) {
      if (bytes[i] == '?' || (bytes[i] == (byte) 0xFD && bytes[i + 1] == (byte) 0xFF)) {
        bytes[i] = 0;
        bytes[i + 1] = (byte) 0xD8;
      }
    }
    List<Member> members = members(bytes, "UTF-16LE");
    CdrReader reader = new CdrReader(Clock.systemUTC());
    Member.Document first = (Member.Document) members.get(0);
    assertThat(reader.read(first.body(), first.charset()))
        .isInstanceOf(Reading.NotWellFormed.class);
    assertThat(text((Member.Document) members.get(1))).isEqualTo("<cdr>2</cdr>");
  }

  @Test
  void readsAStreamOfAnyLengthInTheSameMemory() throws IOException {
    byte[] member = Documents.bytes("example.xml");
    long count = 200_000;
    CdrStream stream = new CdrStream(new Repeated(member, count), null, MAX);
    long found = 0;
    for (Member next = stream.next(); next != null; next = stream.next()) {
      found++;
    }
    assertThat(found).isEqualTo(count);
  }

  @Test
  void takesTimeInProportionEvenForHostileStreams() throws IOException {
    for (String piece :
        List.of(
            "<cdr><![CDATA[",
            "<cdr><!--",
            "<cdr><?x ",
            "<![CDATA[",
            "<!-- -",
            "<cdr a='",
            "<cdr>]]></x></cdr><![CDATA[")) {
      byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
      CdrStream stream = new CdrStream(new Repeated(bytes, 1_000_000), null, 10 * 1024 * 1024);
      while (stream.next() != null) {
        // The test is that this ends.
      }
    }
  }

  @Test
  void passesOnThatTheStreamBroke() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();
    assertThatThrownBy(() -> new CdrStream(broken, null, MAX).next())
        .isInstanceOf(IOException.class);
  }

  @Test
  void neverThrowsWhateverTheBytesAre() throws IOException {
    Random random = new Random(20240115);
    String[] words = {
      "<cdr>",
      "</cdr>",
      "<cdr",
      ">",
      "/>",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?xml ",
      "?>",
      "é",
      "\"",
      "'",
      "<r>",
      " ",
      "x",
      "<?xml version='1.0' encoding='UTF-16'?>",
      "--",
      "<cdr/>"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append(words[random.nextInt(words.length)]);
      }
      for (Member member : members(text.toString().getBytes(StandardCharsets.UTF_8), null)) {
        assertThat(member).isNotNull();
      }
    }
  }

  private static List<String> cut(String text) throws IOException {
    List<String> found = new ArrayList<>();
    for (Member member : members(text.getBytes(StandardCharsets.UTF_8), null)) {
      found.add(member instanceof Member.Document document ? text(document) : "too large");
    }
    return found;
  }

  private static String text(Member.Document document) {
    return new String(document.body(), StandardCharsets.UTF_8);
  }

  private static List<Member> members(byte[] bytes, @Nullable String charset) throws IOException {
    CdrStream stream = stream(bytes, charset);
    List<Member> members = new ArrayList<>();
    for (Member next = stream.next(); next != null; next = stream.next()) {
      members.add(next);
    }
    return members;
  }

  private static CdrStream stream(byte[] bytes, @Nullable String charset) throws IOException {
    return new CdrStream(new ByteArrayInputStream(bytes), charset, MAX);
  }

  private static Member next(CdrStream stream) throws IOException {
    return Objects.requireNonNull(stream.next(), "the stream has no more members");
  }

  /** The same bytes again and again, without holding them all. */
  private static final class Repeated extends InputStream {
    private final byte[] piece;
    private final long length;
    private long next;

    Repeated(byte[] piece, long times) {
      this.piece = piece;
      this.length = piece.length * times;
    }

    @Override
    public int read() {
      return next == length ? -1 : piece[(int) (next++ % piece.length)] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
      if (next == length) {
        return -1;
      }
      int from = (int) (next % piece.length);
      int read = Math.min(count, piece.length - from);
      System.arraycopy(piece, from, into, offset, read);
      next += read;
      return read;
    }
  }
}
