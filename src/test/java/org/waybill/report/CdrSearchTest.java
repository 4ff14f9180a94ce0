package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.CdrStore;
import org.waybill.testing.TestDatabase;

class CdrSearchTest {
  private static final long NOON = Instant.parse("2024-01-15T12:00:00Z").getEpochSecond();
  private static final CdrFilter ALL = CdrFilter.ANY;

  private final TestDatabase database = TestDatabase.fresh();
  private final CdrSearch search =
      new CdrSearch(database.database(), new CdrStore(Clock.systemUTC()));

  @Test
  void pagesThroughAllNewestFirstThoughManyBeganInTheSameSecond() {
    for (int call = 1; call <= 7; call++) {
      insert(call, NOON + call / 3, "+1555", 10);
    }
    List<Long> seen = new ArrayList<>();
    CdrCursor after = null;
    do {
      Found<CdrLine> page = search.page(ALL, after, 2);
      page.items().forEach(line -> seen.add(line.id()));
      after = page.next() == null ? null : CdrCursor.parse(page.next());
    } while (after != null);
    assertThat(seen).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void takesFromAndLeavesTo() {
    insert(1, NOON - 1, "+1555", 10);
    insert(2, NOON, "+1555", 10);
    insert(3, NOON + 1, "+1555", 10);
    Instant from = Instant.ofEpochSecond(NOON);
    Instant to = Instant.ofEpochSecond(NOON + 1);
    assertThat(ids(new CdrFilter(null, null, from, to, null, null, null, null, null)))
        .containsExactly(2L);
    assertThat(
            ids(new CdrFilter(null, null, from.plusMillis(1), null, null, null, null, null, null)))
        .containsExactly(3L);
    assertThat(
            ids(
                new CdrFilter(
                    null,
                    null,
                    Instant.EPOCH,
                    Instant.MAX.minusSeconds(1),
                    null,
                    null,
                    null,
                    null,
                    null)))
        .hasSize(3);
  }

  @Test
  void matchesNumbersExactlyOrByHowTheyBeginAndTakesNoOtherWildcard() {
    insert(1, NOON, "+1555", 10);
    insert(2, NOON, "+15556", 10);
    insert(3, NOON, "1_5%", 10);
    assertThat(ids(calling("+1555"))).containsExactly(1L);
    assertThat(ids(calling("+1555*"))).containsExactly(2L, 1L);
    assertThat(ids(calling("1_*"))).containsExactly(3L);
    assertThat(ids(calling("1%*"))).isEmpty();
    assertThat(ids(calling("_1555*"))).isEmpty();
  }

  @Test
  void findsCallsThatWereAnsweredLongEnoughOfOneOrganization() {
    insert(1, NOON, "+1555", 9);
    insert(2, NOON, "+1555", 10);
    assertThat(ids(new CdrFilter(1001, null, null, null, null, null, null, null, 10)))
        .containsExactly(2L);
    assertThat(ids(new CdrFilter(1002, null, null, null, null, null, null, null, null))).isEmpty();
  }

  @Test
  void findsNumbersThatEndWithAStarAndCallsThatHaveNone() {
    insert(1, NOON, "*98*", 10);
    insert(2, NOON, "*981", 10);
    insert(3, NOON, "*98\\\\*", 10);
    insert(4, NOON, "", 10);
    database.execute("UPDATE normalized_cdrs SET direction = 'inbound' WHERE id = 2");
    assertThat(ids(calling("*98\\*"))).containsExactly(1L);
    assertThat(ids(calling("*98\\\\*"))).containsExactly(3L);
    assertThat(ids(calling("*98*"))).containsExactly(3L, 2L, 1L);
    assertThat(ids(calling(""))).containsExactly(4L);
    assertThat(ids(new CdrFilter(null, null, null, null, null, null, "", null, null)))
        .containsExactly(4L, 3L, 1L);
  }

  @Test
  void findsTheOneOfAUuid() {
    insert(1, NOON, "+1555", 10);
    insert(2, NOON, "+1555", 10);
    String uuid = "00000000-0000-0000-0000-000000000002";
    CdrFilter filter = CdrFilter.ofJson("{\"uuid\":\"" + uuid + "\",\"direction\":\"\"}");
    assertThat(ids(filter)).containsExactly(2L);
    assertThat(CdrFilter.ofJson(filter.json())).isEqualTo(filter);
  }

  @Test
  void breaksOffWhatNoIndexFindsAndGoesOnUntilAllIsFound() {
    insertMany();
    for (int call = 1; call <= 4; call++) {
      insert(call, NOON + 4_000L * call, "+1555", 10 * call);
    }
    CdrFilter long20 = new CdrFilter(null, null, null, null, null, null, null, null, 20);
    CdrSearch hurried =
        new CdrSearch(database.database(), new CdrStore(Clock.systemUTC()), Duration.ZERO);
    List<Long> seen = new ArrayList<>();
    int pages = 0;
    CdrCursor after = null;
    do {
      Found<CdrLine> page = hurried.page(long20, after, 100);
      page.items().forEach(line -> seen.add(line.id()));
      after = page.next() == null ? null : CdrCursor.parse(page.next());
      pages++;
    } while (after != null);
    assertThat(seen).containsExactly(4L, 3L, 2L);
    assertThat(pages).isGreaterThan(1);
    assertThat(ids(long20)).containsExactly(4L, 3L, 2L);
  }

  @Test
  void doesNotBreakOffWhereAnIndexHasFewThatMayMatch() {
    insertMany();
    for (int call = 1; call <= 4; call++) {
      insert(call, NOON + 4_000L * call, "+155" + call, 10 * call);
    }
    CdrSearch hurried =
        new CdrSearch(database.database(), new CdrStore(Clock.systemUTC()), Duration.ZERO);
    CdrFilter both = new CdrFilter(1001, null, null, null, "+155*", null, null, null, 20);
    Found<CdrLine> page = hurried.page(both, null, 2);
    assertThat(page.items()).extracting(CdrLine::id).containsExactly(4L, 3L);
    Found<CdrLine> next = hurried.page(both, CdrCursor.parse(String.valueOf(page.next())), 2);
    assertThat(next.items()).extracting(CdrLine::id).containsExactly(2L);
    assertThat(next.next()).isNull();
  }

  @Test
  void findsNothingWhereThereIsNoCdr() {
    CdrFilter inbound =
        new CdrFilter(null, null, null, Instant.EPOCH, null, null, "inbound", null, null);
    assertThat(search.page(inbound, null, 10)).isEqualTo(new Found<CdrLine>(List.of(), null));
  }

  private static CdrFilter calling(@Nullable String number) {
    return new CdrFilter(null, null, null, null, number, null, null, null, null);
  }

  private List<Long> ids(CdrFilter filter) {
    return search.page(filter, null, 100).items().stream().map(CdrLine::id).toList();
  }

  /** Many short calls of another organization: too many to read each. */
  private void insertMany() {
    String rows =
        LongStream.rangeClosed(1_001, 2_100)
            .mapToObj(
                id ->
                    "(%d, '<cdr/>', UNHEX(LPAD(HEX(%d), 32, '0')), '20240115', 4004, 'some', '2024-01-15', %d, '+4930', 1)"
                        .formatted(id, id, NOON + 30 * (id - 1_000)))
            .collect(Collectors.joining(","));
    database.execute(
        "INSERT INTO normalized_cdrs (id, plain, uuid, TableSuffix, rmOrgID, source, received_at,"
            + " start_epoch, calling_number, billsec) VALUES "
            + rows);
  }

  private void insert(long id, long start, String calling, int billsec) {
    database.execute(
        """
        INSERT INTO normalized_cdrs (id, plain, uuid, TableSuffix, rmOrgID, source, received_at,
          start_epoch, calling_number, billsec)
        VALUES (%d, '<cdr/>', UNHEX(LPAD(HEX(%d), 32, '0')), '20240115', 1001, 'cdr-normalized',
          UTC_TIMESTAMP(3), %d, '%s', %d)
        """
            .formatted(id, id, start, calling, billsec));
  }
}
