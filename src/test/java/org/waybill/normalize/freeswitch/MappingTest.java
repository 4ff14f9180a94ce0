package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.freeswitch.Mapped.map;
import static org.waybill.normalize.freeswitch.Mapped.refused;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Normalization.Made;
import org.waybill.normalize.Normalization.Unusable;
import org.waybill.normalize.ReadBack;
import org.waybill.normalize.Switch;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

class MappingTest {
  @Test
  void asksForOneTaskOfMediumPriorityWhenTheDocumentSaysNothing() {
    assertThat(ReadBack.proven(map(SomeDocument.good())).tasks())
        .containsExactly(
            new NewTask(
                "CDRToSGAPI",
                Priority.MEDIUM,
                List.of(),
                "<task type=\"CDRToSGAPI\" priority=\"medium\"></task>"));
  }

  @Test
  void asksForTheTaskThatTheVariablesDescribe() {
    SomeDocument document =
        SomeDocument.good()
            .with("rmTaskPriority", "high")
            .with("rmDispStoreItems", "2")
            .with("rmDispStorePriority_1", "low")
            .with("rmAnalyticsItems", "1")
            .with("nolocal:rmAnalyticsPriority_0", "now");
    NewTask task = ReadBack.proven(map(document)).tasks().get(0);
    assertThat(task.priority()).isEqualTo(Priority.HIGH);
    assertThat(task.fields())
        .containsExactly(
            new Field("rmTaskPriority", "high"),
            new Field("rmDispStoreItems", "2"),
            new Field("rmDispStorePriority_1", "low"),
            new Field("rmAnalyticsItems", "1"));
  }

  @Test
  void tellsAllProblemsAtOnceEachAtItsLine() {
    SomeDocument document =
        new SomeDocument()
            .with("uuid", "call-1")
            .with("start_epoch", "12")
            .with("rmOrgID", "7")
            .with("rmTaskPriority", "urgent")
            .with("rmDispStoreItems", "101")
            .with("rmAnalyticsPriority_0", "")
            .with("rmAnalyticsItems", "1")
            .with("rmAnalyticsItems", "1");
    Unusable refused = refused(document);
    assertThat(refused.fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.violations())
        .extracting(Violation::toString)
        .containsExactly(
            "1:5 uuid must be a UUID of hexadecimal digits in groups of 8-4-4-4-12, but is"
                + " 'call-1'.",
            "2:5 StartEpoch must be 946684800 (2000-01-01) or later, but is 12.",
            "3:5 rmOrgID 7 is not a known, active organization.",
            "4:5 rmTaskPriority must be low, medium or high, but is 'urgent'.",
            "5:5 rmDispStoreItems must be a whole number from 0 to 100, but is '101'.",
            "6:5 rmAnalyticsPriority_0 must be low, medium or high, but is ''.",
            "8:5 rmAnalyticsItems may come only once, but comes again.");
  }

  @Test
  void tellsWhichSwitchSentIt() {
    assertThat(((Made) map(SomeDocument.good())).sender()).isEqualTo(new Switch("fs1", "c0e1"));
    assertThat(((Made) map(SomeDocument.good().from("fs1", null))).sender())
        .isEqualTo(new Switch("fs1", null));
    assertThat(((Made) map(SomeDocument.good().from(null, "c0e1"))).sender()).isNull();
    assertThat(((Made) map(SomeDocument.good().from(null, null))).sender()).isNull();
  }
}
