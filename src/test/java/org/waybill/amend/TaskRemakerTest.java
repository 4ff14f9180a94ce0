package org.waybill.amend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.RawCdr;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.StoredRaw;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.gateway.Courier;
import org.waybill.gateway.Couriers;
import org.waybill.task.AmendedTask;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.task.TaskDocuments.TaskDocument;
import org.waybill.testing.TestDatabase;

/** Which tasks of a remade CDR say or send something else; e-mails by the template of V2. */
class TaskRemakerTest {
  private static final UUID CDR = UUID.randomUUID();
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String LETTER =
      """
      <task type="SendEmail"><recipient>a@example.com</recipient>\
      <template>voicemail-notification</template></task>""";

  private final Courier courier =
      Couriers.with(Duration.ofSeconds(1), TestDatabase.fresh().database(), Clock.systemUTC());
  private final Differences differences = new Differences();

  @Test
  void sendsAnEmailAgainOnlyWhenItsTextsChange() {
    SortedMap<Long, TaskDocument> letter = new TreeMap<>();
    letter.put(7L, stored("SendEmail", LETTER));
    TaskRemaker unseen = remaker(cdr("billsec", "1"), cdr("billsec", "2"));
    unseen.remake(letter, List.of(), differences);
    assertThat(unseen.amended()).isEmpty();

    TaskRemaker seen = remaker(cdr("caller_id_number", "1"), cdr("caller_id_number", "2"));
    seen.remake(letter, List.of(), differences);
    assertThat(seen.amended()).extracting(AmendedTask::id).containsExactly(7L);
    assertThat(seen.amended().get(0).resend()).isTrue();
    assertThat(seen.amended().get(0).task().xml()).isEqualTo(LETTER);
    assertThat(differences.all()).isEmpty();
  }

  @Test
  void reportsACallAgainOnlyWhenTheReportChanges() {
    SortedMap<Long, TaskDocument> report = new TreeMap<>();
    report.put(7L, stored("CDRReport", "<task type=\"CDRReport\"><consumer>3</consumer></task>"));
    TaskRemaker unseen = remaker(cdr("read_codec", "PCMA"), cdr("read_codec", "opus"));
    unseen.remake(report, List.of(), differences);
    assertThat(unseen.amended()).isEmpty();

    TaskRemaker seen = remaker(cdr("call_result", "none"), cdr("call_result", "sold"));
    seen.remake(report, List.of(), differences);
    assertThat(seen.amended()).extracting(AmendedTask::resend).containsExactly(true);
  }

  @Test
  void takesTheTasksOfATypeForTheSameInTheirOrderAndAddsWhatIsNew() {
    SortedMap<Long, TaskDocument> before = new TreeMap<>();
    before.put(3L, stored("CDRToSGAPI", "<task type=\"CDRToSGAPI\"/>"));
    before.put(4L, stored("Other", "<task type=\"Other\"><a>1</a></task>"));
    Cdr same = cdr("billsec", "1");
    TaskRemaker remaker = remaker(same, same);
    remaker.remake(
        before,
        List.of(
            made("Other", "<task type=\"Other\"><a>2</a></task>"),
            made("CDRToSGAPI", "<task type=\"CDRToSGAPI\"/>"),
            made("CDRToSGAPI", "<task type=\"CDRToSGAPI\"/>")),
        differences);

    assertThat(remaker.amended())
        .extracting(AmendedTask::id, AmendedTask::resend)
        .containsExactly(tuple(4L, false));
    assertThat(remaker.added()).extracting(NewTask::type).containsExactly("CDRToSGAPI");
    assertThat(differences.all())
        .containsExactly(
            new Difference("tasks/0/a", List.of("1"), List.of("2")),
            new Difference("tasks/2", List.of(), List.of("CDRToSGAPI")));
  }

  private TaskRemaker remaker(Cdr before, Cdr after) {
    StoredCdr stored =
        new StoredCdr(
            1, CDR, TableSuffix.parse("20261121"), 1001, "some", NOON, before.startEpoch(), "");
    StoredRaw raw = new StoredRaw(1, "some", 1, null, null, 0, "[]", "switch-1", NOON);
    return new TaskRemaker(
        courier, new RawCdr(stored, raw, new byte[0]), new TaskRemaker.Versions(before, after));
  }

  private static Cdr cdr(String variable, String value) {
    return new Cdr(
        CDR,
        null,
        NOON.getEpochSecond(),
        TableSuffix.parse("20261121"),
        null,
        1001,
        null,
        List.of(new Variable(variable, value)));
  }

  private static TaskDocument stored(String type, String xml) {
    return new TaskDocument(1, 1001, type, Priority.MEDIUM, 1, xml);
  }

  private static NewTask made(String type, String xml) {
    return new NewTask(type, Priority.MEDIUM, List.of(), xml);
  }
}
