package org.waybill.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.amend.Fence;
import org.waybill.call.Recorded.How;
import org.waybill.cdr.TableSuffix;

/** Calls of which more and more becomes known, by a small dialect of the tests. */
class CallRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final TableSuffix TODAY = TableSuffix.parse("20261121");

  private final SomeRecords some = new SomeRecords(Clock.fixed(NOW, ZoneOffset.UTC));
  private final UUID uuid = UUID.randomUUID();

  @AfterEach
  void close() {
    some.close();
  }

  @Test
  void storesACallOnceHoweverOftenItIsHandedOver() {
    assertThat(record("first")).isEqualTo(kept(How.NEW));
    assertThat(record("first")).isEqualTo(kept(How.SAME));
    assertThat(some.one("SELECT COUNT(*) FROM normalized_cdrs")).isEqualTo("1");
    assertThat(some.one("SELECT version FROM raw_cdrs")).isEqualTo("1");
  }

  @Test
  void amendsTheCdrWhenMoreIsKnown() {
    record("first");
    assertThat(record("second")).isEqualTo(kept(How.AMENDED));

    assertThat(some.one("SELECT version FROM raw_cdrs")).isEqualTo("2");
    assertThat(some.one("SELECT UNCOMPRESS(body) FROM raw_cdrs")).endsWith("words=second");
    assertThat(some.one("SELECT xml FROM normalized_cdrs")).contains("<words>second</words>");
    assertThat(some.one("SELECT payload_version FROM tasks")).isEqualTo("2");
    assertThat(some.one("SELECT COUNT(DISTINCT payload_version) FROM deliveries")).isEqualTo("1");
    assertThat(some.one("SELECT COUNT(*) FROM rejected_cdrs")).isEqualTo("0");
    assertThat(record("second")).isEqualTo(kept(How.SAME));
    assertThat(some.one("SELECT version FROM raw_cdrs")).isEqualTo("2");
  }

  @Test
  void keepsItsDayWhenTheCallBeginsEarlierThanWasKnown() {
    record("first");
    String yesterday =
        new String(call("second").body(), UTF_8)
            .replaceFirst("start=[0-9]+", "start=" + (NOW.getEpochSecond() - 86_400));
    AssembledCall earlier =
        new AssembledCall(
            WordsDialect.FORMAT,
            call("second").caller(),
            uuid,
            yesterday.getBytes(UTF_8),
            NOW,
            Fence.NONE);
    assertThat(some.record(earlier)).isEqualTo(kept(How.AMENDED));
    assertThat(some.one("SELECT TableSuffix FROM normalized_cdrs")).isEqualTo("20261121");
    assertThat(some.one("SELECT FROM_UNIXTIME(start_epoch) FROM normalized_cdrs"))
        .startsWith("2026-11-20");
    assertThat(some.one("SELECT xml FROM normalized_cdrs"))
        .contains("<TableSuffix>20261121</TableSuffix>");
    assertThat(some.record(earlier)).isEqualTo(kept(How.SAME));
  }

  @Test
  void sendsNothingAgainWhenTheCdrSaysTheSame() {
    record("first");
    AssembledCall noted = call("first");
    byte[] body = (new String(noted.body(), UTF_8) + "\nnoise=1").getBytes(UTF_8);
    AssembledCall noise =
        new AssembledCall(WordsDialect.FORMAT, noted.caller(), uuid, body, NOW, Fence.NONE);

    assertThat(some.record(noise)).isEqualTo(kept(How.AMENDED));
    assertThat(some.one("SELECT UNCOMPRESS(body) FROM raw_cdrs")).endsWith("noise=1");
    assertThat(some.one("SELECT payload_version FROM tasks")).isEqualTo("1");
  }

  @Test
  void takesTheNewestDocumentAsTheOneThatARepeatIsComparedWith() {
    record("first");
    record("second");
    assertThat(recordUnknowing("second")).isEqualTo(kept(How.SAME));
  }

  @Test
  void amendsACdrThatWhoeverCallsDoesNotKnowOf() {
    assertThat(recordUnknowing("first")).isEqualTo(kept(How.NEW));
    assertThat(recordUnknowing("second")).isEqualTo(kept(How.AMENDED));
    assertThat(some.one("SELECT COUNT(*) FROM rejected_cdrs")).isEqualTo("0");
  }

  @Test
  void doesNotPutBackWhatAnotherHasChangedSince() {
    record("first");
    record("second");
    Fence broken = connection -> false;
    assertThat(some.record(some.call(1001, uuid, "first", broken)))
        .isEqualTo(new Recorded.Superseded());
    assertThat(some.one("SELECT xml FROM normalized_cdrs")).contains("second");
  }

  @Test
  void keepsACallOfAnUnknownOrganizationAndStoresItOnceThatIsThere() {
    AssembledCall call = some.call(2001, uuid, "first", Fence.NONE);
    Recorded rejected = some.record(call);
    assertThat(rejected).isInstanceOf(Recorded.Rejected.class);
    assertThat(((Recorded.Rejected) rejected).why()).contains("2001 is not a known");
    assertThat(some.record(call)).isEqualTo(rejected);

    some.some.add(2001, true);
    assertThat(some.record(call)).isEqualTo(kept(How.NEW));
  }

  @Test
  void keepsWhatCannotTakeThePlaceOfTheStoredOneAsRejected() {
    record("first");
    some.some.add(1002, true);
    Recorded moved = some.record(some.call(1002, uuid, "second", Fence.NONE));
    assertThat(moved).isInstanceOf(Recorded.Rejected.class);
    assertThat(((Recorded.Rejected) moved).why())
        .contains(uuid.toString(), "would go to organization 1002");
    assertThat(some.one("SELECT reason FROM rejected_cdrs")).isEqualTo("CONFLICT");
    assertThat(some.one("SELECT version FROM raw_cdrs")).isEqualTo("1");
  }

  @Test
  void endsWithOneOfThemWhenManyAmendAtOnce() throws Exception {
    record("first");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Recorded>> all =
          IntStream.range(0, 8).<Callable<Recorded>>mapToObj(i -> () -> record("n" + i)).toList();
      for (Future<Recorded> one : threads.invokeAll(all)) {
        assertThat(one.get()).isEqualTo(kept(How.AMENDED));
      }
    } finally {
      threads.shutdown();
    }
    assertThat(some.one("SELECT version FROM raw_cdrs")).isEqualTo("9");
    assertThat(some.one("SELECT payload_version FROM tasks")).isEqualTo("9");
  }

  @Test
  void recordsManyTogether() {
    record("first");
    UUID other = UUID.randomUUID();
    List<Recorded> both =
        some.records.record(List.of(call("second"), some.call(1001, other, "other", Fence.NONE)));
    assertThat(both).containsExactly(kept(How.AMENDED), new Recorded.Kept(other, TODAY, How.NEW));
  }

  private AssembledCall call(String words) {
    return some.call(1001, uuid, words, Fence.NONE);
  }

  private Recorded record(String words) {
    return some.record(call(words));
  }

  /** As one that cannot tell beforehand what uuid the CDR will have. */
  private Recorded recordUnknowing(String words) {
    AssembledCall call = call(words);
    return some.record(
        new AssembledCall(call.source(), call.caller(), null, call.body(), NOW, Fence.NONE));
  }

  private Recorded kept(How how) {
    return new Recorded.Kept(uuid, TODAY, how);
  }
}
