package org.waybill.normalize.smdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import org.waybill.cdr.Variable;
import org.waybill.document.Violation;
import org.waybill.platform.SmdrColumn;
import org.waybill.platform.SmdrSettings;

/** Any record that a switch prints in a layout comes back as it was, whatever of it is blank. */
class LayoutsTest {
  /** The columns from 1 in which Avaya's manuals print each field, apart from how we read them. */
  private static final Map<String, List<Place>> PLACES =
      Map.of(
          "teleseer",
          places(
              "time 4 7, tenths 8 11, condition_code 12 12, code_dial 13 15, code_used 16 18,"
                  + " destination_number 19 33, caller_id_number 34 38, acct_code 39 53, frl 54 54,"
                  + " ixc_code 55 55, in_crt_id 56 58, out_crt_id 59 61, feat_flag 62 62,"
                  + " auth_code 63 69, end 76 76"),
          "isdn-teleseer",
          places(
              "time 4 7, tenths 8 11, condition_code 12 12, ixc_code 13 15, code_used 16 18,"
                  + " destination_number 19 33, caller_id_number 34 38, acct_code 39 53,"
                  + " ins_units 54 54, frl 55 55, in_crt_id 56 58, out_crt_id 59 61,"
                  + " feat_flag 62 62, auth_code 63 69, ins_tens 70 71, end 76 76"),
          "printer",
          places(
              "time 1 4, tenths 6 9, condition_code 11 11, code_dial 13 15, code_used 17 19,"
                  + " destination_number 21 35, caller_id_number 37 41, acct_code 43 57,"
                  + " auth_code 59 65, frl 70 70, ixc_code 72 72, in_crt_id 74 76"),
          "expanded",
          places(
              "time 1 4, tenths 6 9, condition_code 11 11, code_dial 13 16, code_used 18 21,"
                  + " destination_number 23 37, caller_id_number 39 48, acct_code 50 64"),
          "int-isdn",
          places(
              "time 1 4, tenths 6 9, condition_code 11 11, code_dial 13 16, code_used 18 21,"
                  + " destination_number 23 37, caller_id_number 39 48, acct_code 50 64,"
                  + " auth_code 66 72, frl 76 76, in_crt_id 78 80, out_crt_id 82 84,"
                  + " feat_flag 86 86, attd_console 88 89, in_trk_code 91 94, node_num 96 97,"
                  + " ins 99 101, ixc_code 103 106, bcc 108 108, ma_uui 110 110, res_flag 112 112"),
          "unformatted",
          places(
              "time 1 4, tenths 5 8, condition_code 9 9, code_dial 10 13, code_used 14 17,"
                  + " destination_number 18 32, caller_id_number 33 42, acct_code 43 57,"
                  + " auth_code 58 64, frl 67 67, in_crt_id 68 70, out_crt_id 71 73,"
                  + " feat_flag 74 74, node_num 83 84, ins 85 89, ixc_code 90 92, bcc 93 93,"
                  + " ma_uui 94 94, res_flag 95 95, tsc_ct 96 99, tsc_flag 100 100, end 102 102"),
          "custom",
          places(
              "YYYYMMDD 1 8, HHMMSS 10 15, seconds 17 21, destination_number 23 45,"
                  + " caller_id_number 46 60"));

  private static final Layouts LAYOUTS =
      new Layouts(
          SmdrColumn.list(
              "date:8:YYYYMMDD,space:1,time:6,space:1,sec-dur:5,space:1,"
                  + "dialed-num:23,calling-num:15,return:1,line-feed:1"));

  private static final Set<String> NO_VARIABLES =
      Set.of("time", "tenths", "YYYYMMDD", "HHMMSS", "seconds", "end");

  /** What is told beside the fields themselves. */
  private static final Set<String> DERIVED =
      Set.of("call_code", "call_direction", "hangup_cause", "duration", "billsec");

  private record Place(String name, int from, int to) {
    int width() {
      return to - from + 1;
    }
  }

  /**
   * A call as a switch knows it.
   *
   * @param tenths of a minute
   * @param text digits and signs, of which each field takes as many as it is wide, from its place
   * @param blank which fields are blank
   */
  private record Call(LocalTime end, int tenths, String text, List<Boolean> blank) {
    String value(Place place, int index) {
      int from = index * 7 % (text.length() - place.width());
      String value = text.substring(from, from + 1 + index * 3 % place.width());
      return blank.get(index) ? "" : value;
    }
  }

  @Property
  void aRecordInColumnsComesBack(
      @ForAll("layouts") String layout, @ForAll("calls") Call call, @ForAll boolean right) {
    StringBuilder line = new StringBuilder(" ".repeat(120));
    Map<String, String> expected = new HashMap<>();
    List<Place> places = PLACES.getOrDefault(layout, List.of());
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      String value = printed(place, call, i);
      int from = right ? place.to() - value.length() : place.from() - 1;
      line.replace(from, from + value.length(), value);
      if (!NO_VARIABLES.contains(place.name())) {
        expected.put(place.name(), value);
      }
    }
    line.setLength(places.get(places.size() - 1).to());
    CallLine read = read(layout, line.toString().stripTrailing());

    boolean custom = layout.equals("custom");
    assertThat(read.time()).isEqualTo(custom ? call.end() : call.end().withSecond(0));
    assertThat(read.seconds()).isEqualTo(custom ? call.tenths() : call.tenths() * 6);
    expected.values().removeIf(String::isEmpty);
    Map<String, String> variables = variables(read);
    variables.keySet().removeAll(DERIVED);
    assertThat(variables).isEqualTo(expected);
  }

  @Property
  void aLineOfTheSpecificationComesBack(
      @ForAll("days") LocalDate day,
      @ForAll("calls") Call call,
      @ForAll @IntRange(max = 35_999) int seconds) {
    String line =
        "%02d%02d%02d %02d%02d %d%02d%02d %23s %s %19s"
            .formatted(
                day.getDayOfMonth(),
                day.getMonthValue(),
                day.getYear() % 100,
                call.end().getHour(),
                call.end().getMinute(),
                seconds / 3_600,
                seconds / 60 % 60,
                seconds % 60,
                call.blank().get(0) ? "" : call.text().substring(0, 7),
                call.blank().get(1) ? " " : call.text().substring(7, 8),
                call.blank().get(2) ? "" : call.text().substring(8, 12));
    CallLine read = read("simple", line.stripTrailing());
    assertThat(read.date()).isEqualTo(day);
    assertThat(read.time()).isEqualTo(call.end().withSecond(0));
    assertThat(read.seconds()).isEqualTo(seconds);
    Map<String, String> expected = new HashMap<>();
    if (!call.blank().get(0)) {
      expected.put("destination_number", call.text().substring(0, 7));
    }
    if (!call.blank().get(1)) {
      expected.put("call_code", call.text().substring(7, 8));
    }
    if (!call.blank().get(2)) {
      expected.put("caller_id_number", call.text().substring(8, 12));
    }
    Map<String, String> variables = variables(read);
    variables.remove("duration");
    variables.remove("billsec");
    assertThat(variables).isEqualTo(expected);
  }

  @Property
  void aCallOfAnIpOfficeComesBackFromItsSegments(
      @ForAll("days") LocalDate day,
      @ForAll("calls") Call call,
      @ForAll @IntRange(min = 1, max = 5) int segments,
      @ForAll @IntRange(max = 3_000) int connected) {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= segments; i++) {
      lines.add(
          "%s %s,%s,%d,%s,I,%s,%s,,0,77,%d,E%d,Name %d,T9001,LINE 1,%d,%d"
              .formatted(
                  day.toString().replace('-', '/'),
                  clock(call.end()),
                  clock(LocalTime.ofSecondOfDay(connected)),
                  i,
                  call.text().substring(0, 5),
                  call.text().substring(5, 9),
                  call.text().substring(9, 12),
                  i < segments ? 1 : 0,
                  i,
                  i,
                  i + 1,
                  i + 2));
    }
    CallLine read = read("ipoffice", String.join("\r\n", lines));
    int total = segments * connected + 3 * (segments * (segments + 1) / 2) + 3 * segments;
    assertThat(read.date()).isEqualTo(day);
    assertThat(read.time()).isEqualTo(call.end());
    assertThat(read.seconds()).isEqualTo(total);
    assertThat(variables(read))
        .containsEntry("billsec", Integer.toString(segments * connected))
        .containsEntry("caller_id_number", call.text().substring(0, 5))
        .containsEntry("destination_number", call.text().substring(5, 9))
        .containsEntry("dialed_number", call.text().substring(9, 12))
        .containsEntry("segments", Integer.toString(segments));
  }

  @Property
  void noTextAtAllMakesAnythingButAnAnswer(
      @ForAll("names") String layout, @ForAll @NotBlank String text) {
    List<Violation> violations = new ArrayList<>();
    CallLine read = LAYOUTS.find(layout).orElseThrow().read(text, violations);
    assertThat(read == null).isEqualTo(!violations.isEmpty());
  }

  @Provide
  Arbitrary<String> layouts() {
    return Arbitraries.of(PLACES.keySet());
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(SmdrSettings.LAYOUTS);
  }

  @Provide
  Arbitrary<LocalDate> days() {
    return Arbitraries.longs().between(10_957, 47_481).map(LocalDate::ofEpochDay);
  }

  @Provide
  Arbitrary<Call> calls() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 86_399).map(LocalTime::ofSecondOfDay),
            Arbitraries.integers().between(0, 5_999),
            Arbitraries.strings().withChars("0123456789#*ABCEI").ofLength(40),
            Arbitraries.of(true, false).list().ofSize(30))
        .as(Call::new);
  }

  private static String printed(Place place, Call call, int index) {
    return switch (place.name()) {
      case "YYYYMMDD" -> "20260228";
      case "time" -> clock(call.end()).replace(":", "").substring(0, 4);
      case "HHMMSS" -> clock(call.end()).replace(":", "");
      case "tenths" ->
          "%d%02d%d".formatted(call.tenths() / 600, call.tenths() / 10 % 60, call.tenths() % 10);
      case "seconds" -> "%05d".formatted(call.tenths());
      case "end" -> " ";
      default -> call.value(place, index);
    };
  }

  private static String clock(LocalTime time) {
    return "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
  }

  private static CallLine read(String layout, String line) {
    List<Violation> violations = new ArrayList<>();
    CallLine read = LAYOUTS.find(layout).orElseThrow().read(line, violations);
    assertThat(violations).as(line).isEmpty();
    return Objects.requireNonNull(read);
  }

  private static Map<String, String> variables(CallLine call) {
    return call.variables().stream()
        .collect(Collectors.toMap(Variable::name, Variable::value, (first, next) -> first));
  }

  private static List<Place> places(String text) {
    return Arrays.stream(text.split(","))
        .map(one -> one.strip().split(" "))
        .map(one -> new Place(one[0], Integer.parseInt(one[1]), Integer.parseInt(one[2])))
        .toList();
  }
}
