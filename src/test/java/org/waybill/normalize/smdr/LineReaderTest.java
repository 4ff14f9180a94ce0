package org.waybill.normalize.smdr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.normalize.smdr.LineReader.Line;
import org.waybill.platform.Settings;

class LineReaderTest {
  private static final String RECORD = "   %s0029A  9 77 00442071838750 2432";

  // Date records

  @ParameterizedTest
  @CsvSource({
    "1121,  MMDD, 2026-11-21, 2026-11-21",
    "11 21, MMDD, 2026-11-21, 2026-11-21",
    "2111,  DDMM, 2026-11-21, 2026-11-21",
    "11/22, MMDD, 2026-11-21, 2026-11-22",
    "1123,  MMDD, 2026-11-21, 2025-11-23",
    "0101,  MMDD, 2026-12-31, 2027-01-01",
    "1231,  MMDD, 2027-01-01, 2026-12-31",
    "0229,  MMDD, 2026-11-21, 2024-02-29",
    "0229,  MMDD, 2104-02-28, 2104-02-29",
    "0229,  MMDD, 2104-02-27, 2096-02-29"
  })
  void takesTheLatestDayOfADateRecordThatIsNotOfTheFuture(
      String line, String order, LocalDate today, LocalDate day) {
    DateRecord date = Objects.requireNonNull(DateRecord.parse(line));
    assertThat(date.day(order.equals("MMDD"), today)).isEqualTo(day);
  }

  @Test
  void letsADateRecordTellTheDayOfWhatFollows() {
    LineReader reader = reader("teleseer", "MMDD");
    assertThat(reader.read(bytes("1119\r"), at("2026-11-21T10:00:00Z"), zone("UTC")))
        .isEqualTo(new Line.Nothing());
    assertThat(type(reader, "2359", "2026-11-21T10:00:01Z")).endsWith("; date=2026-11-19");
    reader.read(bytes("1120"), at("2026-11-21T10:00:02Z"), zone("UTC"));
    assertThat(type(reader, "0001", "2026-11-21T10:00:03Z")).endsWith("; date=2026-11-20");
  }

  @Test
  void passesOnADateRecordThatIsNoDay() {
    LineReader reader = reader("teleseer", "MMDD");
    assertThat(reader.read(bytes("2111"), at("2026-11-21T10:00:00Z"), zone("UTC")))
        .isEqualTo(new Line.Whole("text/x-smdr; layout=teleseer"));
    assertThat(reader("teleseer", "DDMM").read(bytes("2111"), Instant.now(), zone("UTC")))
        .isEqualTo(new Line.Nothing());
  }

  /** The end of the call, the moment in which it comes, the zone, the day. */
  @ParameterizedTest
  @CsvSource({
    "1000, 2026-11-21T10:00:30Z, UTC,              2026-11-21",
    "1003, 2026-11-21T10:00:30Z, UTC,              2026-11-21",
    "1100, 2026-11-21T10:00:30Z, UTC,              2026-11-20",
    "2359, 2026-11-21T00:00:05Z, UTC,              2026-11-20",
    "0001, 2026-11-21T23:59:50Z, UTC,              2026-11-22",
    "2359, 2026-12-01T00:00:05Z, UTC,              2026-11-30",
    "2359, 2027-01-01T00:00:05Z, UTC,              2026-12-31",
    "0059, 2026-11-20T23:59:30Z, Europe/Paris,     2026-11-21",
    "1900, 2026-11-21T00:00:30Z, America/New_York, 2026-11-20",
    "2300, 2026-03-28T22:00:30Z, Europe/Paris,     2026-03-28",
    "0300, 2026-03-29T01:00:30Z, Europe/Paris,     2026-03-29"
  })
  void takesTheLatestDayOnWhichACallCanHaveEnded(
      String time, String came, String zone, String day) {
    Line line =
        reader("teleseer", "MMDD").read(bytes(RECORD.formatted(time)), at(came), zone(zone));
    assertThat(line).isEqualTo(new Line.Whole("text/x-smdr; layout=teleseer; date=" + day));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-25T00:30:10Z, text/x-smdr; layout=simple",
    "2026-10-25T01:30:10Z, text/x-smdr; layout=simple; fold=1"
  })
  void tellsTheTwoPassesOfAnHourApartByWhenALineComes(String came, String type) {
    LineReader reader = reader("simple", "MMDD");
    assertThat(reader.read(bytes("251026 0230 00000 1 0 2"), at(came), zone("Europe/Paris")))
        .isEqualTo(new Line.Whole(type));
  }

  @Test
  void tellsSegmentsOfACall() {
    LineReader reader = reader("ipoffice", "MMDD");
    String line = "2025/09/17 15:44:08,00:00:13,7,1,I,2,2,,0,14160,%d,E1,A,T1,L,0,0";
    assertThat(reader.read(bytes(line.formatted(1)), Instant.now(), zone("UTC")))
        .isEqualTo(
            new Line.Segment("2025/09/17 15:44:08 14160", false, "text/x-smdr; layout=ipoffice"));
    assertThat(reader.read(bytes(line.formatted(0)), Instant.now(), zone("UTC")))
        .isEqualTo(
            new Line.Segment("2025/09/17 15:44:08 14160", true, "text/x-smdr; layout=ipoffice"));
  }

  @Test
  void passesOnWhatItCannotRead() {
    assertThat(reader("simple", "MMDD").read(bytes("garbage"), Instant.now(), zone("UTC")))
        .isEqualTo(new Line.Whole("text/x-smdr; layout=simple"));
    assertThat(reader("ipoffice", "MMDD").read(bytes("garbage"), Instant.now(), zone("UTC")))
        .isEqualTo(new Line.Whole("text/x-smdr; layout=ipoffice"));
    assertThat(reader("simple", "MMDD").read(bytes("\0\0 \r"), Instant.now(), zone("UTC")))
        .isEqualTo(new Line.Nothing());
  }

  private static String type(LineReader reader, String time, String came) {
    Line line = reader.read(bytes(RECORD.formatted(time)), at(came), zone("UTC"));
    return ((Line.Whole) line).contentType();
  }

  private static LineReader reader(String layout, String order) {
    Map<String, String> set = Map.of("waybill.smdr.date.order", order);
    return new LineReader(layout, Settings.from(set::get, set.keySet()));
  }

  private static byte[] bytes(String line) {
    return line.getBytes(US_ASCII);
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }

  private static ZoneId zone(String name) {
    return ZoneId.of(name);
  }
}
