package org.waybill.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.document.Documents.Answer;
import org.waybill.document.Reading.Invalid;
import org.waybill.document.Reading.NotWellFormed;
import org.waybill.document.Reading.Valid;

/** Hostile, wrong and unusual documents, each with its documented answer. */
class AnswersTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T00:00:00Z"), ZoneOffset.UTC);
  private static final CdrReader READER = new CdrReader(CLOCK);

  static List<Answer> answers() {
    return Documents.answers();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void readsEachDocumentAsItsAnswerSays(Answer answer) {
    String charset = answer.charset().isEmpty() ? null : answer.charset();
    Reading reading = READER.read(Documents.bytes(answer.document()), charset);
    switch (answer.status()) {
      case 201 -> assertThat(reading).isInstanceOf(Valid.class);
      case 400 -> {
        assertThat(answer.reason()).isEqualTo("NOT_WELL_FORMED");
        assertThat(reading).isInstanceOf(NotWellFormed.class);
        assertThat(List.of(((NotWellFormed) reading).violation().toString()))
            .isEqualTo(answer.violations());
      }
      default -> {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.reason()).isEqualTo("INVALID");
        assertThat(reading).isInstanceOf(Invalid.class);
        assertThat(((Invalid) reading).violations())
            .extracting(Violation::toString)
            .isEqualTo(answer.violations());
      }
    }
  }

  @Test
  void holdsAnAnswerForEveryDocument() {
    assertThat(answers()).extracting(Answer::document).containsAll(Documents.names());
    assertThat(answers()).extracting(Answer::document).doesNotHaveDuplicates();
  }
}
