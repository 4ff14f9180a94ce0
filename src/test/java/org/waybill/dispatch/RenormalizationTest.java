package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.amend.Renormalization;
import org.waybill.amend.RenormalizationDryRun;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.NumberedOutcome;
import org.waybill.operation.Operation;
import org.waybill.operation.Operation.Progress;
import org.waybill.operation.OperationKind.Work;
import org.waybill.operation.Order;
import org.waybill.operation.OutcomeFilter;
import org.waybill.report.CdrFilter;
import org.waybill.task.Field;
import org.waybill.task.NewTaskRule;
import org.waybill.task.Priority;
import org.waybill.task.TaskRule;
import org.waybill.testing.AuditLines;

/** A changed mapping, from the operator's wish to the gateway. */
class RenormalizationTest {
  private static final String NATIONAL = "<caller_id_number>0142685300</caller_id_number>";
  private static final String INTERNATIONAL = "<caller_id_number>+33142685300</caller_id_number>";

  private final RawHouse raws = new RawHouse();
  private final House house = raws.house;

  @AfterEach
  void close() {
    raws.close();
  }

  @Test
  void tellsValueByValueWhatWouldDifferAndWritesNothing() {
    house.gateway("storage", house.sink());
    UUID uuid = UUID.randomUUID();
    long changing = raws.post(raws.document(uuid, NATIONAL), RawHouse.ANYBODYS);
    raws.post("");
    raws.organization("FR");
    String before = raws.everything();
    Operation done = raws.inline.run(RenormalizationDryRun.NAME, "{}");

    assertThat(done.progress()).isEqualTo(new Progress(2, 2, 1, 0));
    assertThat(outcomes(done, OutcomeFilter.CHANGED))
        .extracting(ItemOutcome::sentence, ItemOutcome::detail)
        .containsExactly(
            tuple(
                "1 value differs; 1 task sends something else.",
                """
                {"uuid":"%s","differences":[{"field":"variables/caller_id_number_e164",\
                "before":null,"after":"+33142685300"}],"moreDifferences":0,"tasks":[%d]}"""
                    .formatted(uuid, changing)));
    assertThat(outcomes(done, OutcomeFilter.UNCHANGED))
        .extracting(ItemOutcome::sentence)
        .containsExactly("It stays as it is.");
    assertThat(raws.everything()).isEqualTo(before);
  }

  @Test
  void sendsAgainUnderTheNextKeyWhatTheChangeChanges() {
    Sink storage = house.sink();
    house.gateway("storage", storage);
    house.start();
    long changing = raws.post(NATIONAL);
    long same = raws.post(INTERNATIONAL.replace("caller_id_number", "some_number"));
    house.awaitDone(changing, "y");
    house.awaitDone(same, "y");
    String hash = house.one("SELECT HEX(content_hash) FROM cdr_keys ORDER BY id_normalized_cdrs");
    raws.organization("FR");
    Operation done = raws.inline.run(Renormalization.NAME, "{\"orgId\":\"1001\"}");

    assertThat(done.progress()).isEqualTo(new Progress(2, 2, 1, 0));
    House.await(() -> storage.keys().size() == 3);
    house.awaitDone(changing, "y");
    Sink.Received again = storage.received().get(2);
    assertThat(again.key()).isEqualTo(changing + "-storage-0-v2");
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.body()).contains("\"caller_id_number_e164\":\"+33142685300\"");
    assertThat(house.one("SELECT GROUP_CONCAT(version ORDER BY id_normalized_cdrs) FROM raw_cdrs"))
        .isEqualTo("2,1");
    assertThat(house.one("SELECT xml FROM normalized_cdrs ORDER BY id"))
        .contains("<caller_id_number_e164>+33142685300</caller_id_number_e164>");
    assertThat(house.one("SELECT HEX(content_hash) FROM cdr_keys ORDER BY id_normalized_cdrs"))
        .isEqualTo(hash);
    assertThat(raws.inline.run(Renormalization.NAME, "{}").progress())
        .isEqualTo(new Progress(2, 2, 2, 0));
  }

  @Test
  void writesTheNewMappingWithItsColumnsAndTasks() {
    Sink storage = house.sink();
    house.gateway("storage", storage);
    long task = raws.post(NATIONAL);
    raws.dialect.change(
        text ->
            text.replace("0142685300", "555")
                .replace("<billsec>70", "<billsec>80")
                .replace(
                    "</variables>",
                    "<rmTaskPriority>high</rmTaskPriority>"
                        + "<rmDispStoreItems>2</rmDispStoreItems></variables>"));
    Operation done = raws.inline.run(Renormalization.NAME, "{}");

    assertThat(outcomes(done, OutcomeFilter.CHANGED).get(0).detail())
        .contains(
            "{\"field\":\"variables/billsec\",\"before\":\"70\",\"after\":\"80\"}",
            "{\"field\":\"tasks/0/priority\",\"before\":\"medium\",\"after\":\"high\"}",
            "{\"field\":\"tasks/0/rmDispStoreItems\",\"before\":null,\"after\":\"2\"}");
    assertThat(house.one("SELECT CONCAT_WS(' ', calling_number, billsec) FROM normalized_cdrs"))
        .isEqualTo("555 80");
    assertThat(house.one("SELECT CONCAT_WS(' ', mapping, version) FROM raw_cdrs")).isEqualTo("2 2");
    assertThat(house.one("SELECT CONCAT_WS(' ', done, priority, waiting) FROM tasks"))
        .isEqualTo("n high 2");
    house.start();
    house.awaitDone(task, "y");
    assertThat(storage.keys())
        .containsExactlyInAnyOrder(task + "-storage-0-v2", task + "-storage-1-v2");
    assertThat(storage.received().get(0).body())
        .contains("\"rmTaskPriority\":\"high\"", "\"priority\":\"high\"", "\"billsec\":\"80\"");
  }

  @Test
  void addsTheTasksOfRulesMadeSinceAndKeepsThoseOfRulesThatAreGone() {
    raws.post(NATIONAL);
    TaskRule first = raws.rule("SendEmail", new Field("recipient", "a@example.org"));
    TaskRule second = raws.rule("SendEmail", new Field("recipient", "b@example.org"));
    raws.rule("Fax");
    raws.rules.add(
        new NewTaskRule(null, Set.of("asterisk"), Map.of(), "Letter", null, List.of(), true),
        AuditLines.any());
    Operation done = raws.inline.run(Renormalization.NAME, "{}");

    assertThat(outcomes(done, OutcomeFilter.CHANGED).get(0).detail())
        .contains("{\"field\":\"tasks/1\",\"before\":null,\"after\":\"SendEmail\"}");
    assertThat(types()).isEqualTo("CDRToSGAPI v1,SendEmail v1,SendEmail v1,Fax v1");
    assertThat(raws.inline.run(Renormalization.NAME, "{}").progress())
        .isEqualTo(new Progress(1, 1, 1, 0));

    raws.rules.remove(first.id(), AuditLines.any());
    assertThat(raws.inline.run(Renormalization.NAME, "{}").progress())
        .isEqualTo(new Progress(1, 1, 1, 0));
    NewTaskRule now =
        new NewTaskRule(
            null,
            Map.of(),
            "SendEmail",
            Priority.HIGH,
            List.of(new Field("recipient", "c@example.org")),
            true);
    raws.rules.update(second.id(), now, AuditLines.any());
    raws.inline.run(Renormalization.NAME, "{}");
    assertThat(types()).isEqualTo("CDRToSGAPI v1,SendEmail v2,SendEmail v1,Fax v1");
  }

  private String types() {
    return house.one(
        "SELECT GROUP_CONCAT(task_type, ' v', payload_version ORDER BY id) FROM tasks");
  }

  @Test
  void doesNotTakeASendOfTheFormerPayloadForOneOfTheNext() throws InterruptedException {
    Sink storage = house.sink();
    CountDownLatch amended = new CountDownLatch(1);
    CountDownLatch underWay = new CountDownLatch(1);
    storage.answer(
        request -> {
          underWay.countDown();
          await(amended);
          return new Sink.Answer(200, "");
        });
    house.gateway("storage", storage);
    house.start();
    long task = raws.post(NATIONAL);
    underWay.await();
    raws.organization("FR");
    raws.inline.run(Renormalization.NAME, "{}");
    amended.countDown();
    house.awaitDone(task, "y");

    assertThat(storage.keys()).containsExactly(task + "-storage-0", task + "-storage-0-v2");
    assertThat(
            house.one(
                "SELECT GROUP_CONCAT(attempt, ' v', payload_version, ' ', outcome ORDER BY attempt)"
                    + " FROM attempts"))
        .isEqualTo("1 v1 delivered,2 v2 delivered");
  }

  @Test
  void reRunsWhatFailedSinceUnderItsOwnKeyAlthoughItWasDeliveredBefore() {
    Sink storage = house.sink();
    house.gateway("storage", storage);
    house.start();
    long task = raws.post(NATIONAL);
    house.awaitDone(task, "y");
    storage.answer(400);
    raws.organization("FR");
    raws.inline.run(Renormalization.NAME, "{}");
    house.awaitDone(task, "error");
    storage.answer(200);
    house.tasks.rerun(task, false, AuditLines.any());
    house.awaitDone(task, "y");

    String again = task + "-storage-0-v2";
    assertThat(storage.keys()).containsExactly(task + "-storage-0", again, again);
  }

  @Test
  void leavesCancelledWhatAnOperatorCancelled() {
    Sink storage = house.sink();
    house.gateway("storage", storage);
    long task = raws.post(NATIONAL);
    house.tasks.cancel(task, AuditLines.any());
    raws.organization("FR");
    raws.inline.run(Renormalization.NAME, "{}");

    assertThat(house.done(task)).isEqualTo("cancelled");
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("0");
    house.tasks.rerun(task, false, AuditLines.any());
    house.start();
    house.awaitDone(task, "y");
    assertThat(storage.keys()).containsExactly(task + "-storage-0-v2");
  }

  @Test
  void keepsUuidDayAndOrganizationWhateverTheMappingSays() {
    UUID uuid = UUID.randomUUID();
    raws.post(raws.document(uuid, ""), RawHouse.ANYBODYS);
    String before = raws.everything();
    UUID another = UUID.randomUUID();
    assertThat(refusal(text -> text.replace(uuid.toString(), another.toString())))
        .isEqualTo("It would become another CDR, " + another + "; a CDR keeps its uuid.");
    String day = house.one("SELECT TableSuffix FROM normalized_cdrs");
    assertThat(refusal(text -> text.replaceFirst("<start_epoch>\\d+", "<start_epoch>1705312800")))
        .isEqualTo("It would move to the day 20240115; a CDR keeps its day, " + day + ".");
    assertThat(refusal(text -> text.replace("<rmOrgID>1001", "<rmOrgID>1002")))
        .isEqualTo("It would be rejected now: rmOrgID 1002 is not a known, active organization.");
    raws.add(1002);
    assertThat(refusal(text -> text.replace("<rmOrgID>1001", "<rmOrgID>1002")))
        .isEqualTo("It would go to organization 1002; a CDR keeps its organization, 1001.");
    assertThat(refusal(text -> text.replace("</variables>", "")))
        .startsWith("It would be rejected now: ");
    assertThat(raws.everything()).isEqualTo(before);
  }

  private String refusal(UnaryOperator<String> change) {
    raws.dialect.change(change);
    Operation done = raws.inline.run(Renormalization.NAME, "{}");
    assertThat(done.progress()).isEqualTo(new Progress(1, 0, 0, 1));
    return outcomes(done, OutcomeFilter.FAILED).get(0).sentence();
  }

  @Test
  void knowsWhoseADocumentIsThatItsSendersKeyAloneSaid() {
    Caller own = new Caller("key:own", Set.of(Role.SWITCH), Set.of(1001));
    String document =
        raws.document(UUID.randomUUID(), NATIONAL).replace("<rmOrgID>1001</rmOrgID>", "");
    raws.post(document, own);
    raws.organization("FR");
    assertThat(raws.inline.run(Renormalization.NAME, "{}").progress())
        .isEqualTo(new Progress(1, 1, 0, 0));
    raws.deactivate();
    Operation done = raws.inline.run(RenormalizationDryRun.NAME, "{}");
    assertThat(outcomes(done, OutcomeFilter.FAILED).get(0).sentence())
        .contains("is not a known, active organization.");
  }

  @Test
  void leavesToAnotherOperationWhatItChangedMeanwhile() {
    raws.post(NATIONAL);
    raws.organization("FR");
    String id = house.one("SELECT id FROM normalized_cdrs");
    Order order = new Order(99, "{}", id, Instant.now(), "anna", null);
    Work work = raws.renormalization.begin(order, List.of(id));
    raws.inline.run(Renormalization.NAME, "{}");
    List<ItemOutcome> late = house.database.transact("finish late", work::finish);

    assertThat(late.get(0).sentence()).contains("by another operation meanwhile");
    assertThat(house.one("SELECT version FROM raw_cdrs")).isEqualTo("2");
    assertThat(house.one("SELECT payload_version FROM tasks")).isEqualTo("2");
  }

  @Test
  void selectsOnlyWhatMatchesAndHasARawDocument() {
    house.post();
    raws.post(NATIONAL);
    Instant now = house.clock.instant();
    CdrFilter lately =
        new CdrFilter(
            1001,
            "freeswitch",
            now.minus(Duration.ofHours(1)),
            now.plusSeconds(60),
            "0142*",
            null,
            null,
            null,
            70);
    assertThat(CdrFilter.ofJson(lately.json())).isEqualTo(lately);
    assertThat(CdrFilter.ofJson("{}")).isEqualTo(CdrFilter.ANY);
    assertThat(raws.inline.run(RenormalizationDryRun.NAME, lately.json()).progress())
        .isEqualTo(new Progress(1, 1, 1, 0));
    assertThat(raws.inline.operations.matching(Renormalization.NAME, "{}")).isEqualTo(1);
    assertThat(raws.inline.operations.matching(Renormalization.NAME, "{\"source\":\"asterisk\"}"))
        .isZero();
  }

  private List<ItemOutcome> outcomes(Operation operation, OutcomeFilter filter) {
    return raws.inline.operations.outcomes(operation.id(), filter, null, 100).stream()
        .map(NumberedOutcome::outcome)
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
