package org.waybill.console;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.collect.BulkDiscard;
import org.waybill.operation.NewOperation;
import org.waybill.operation.Operations;
import org.waybill.operation.Selection;

/**
 * What is asked for all that match: {@code {"filter","dryRun","limit","ratePerSecond","reason"}}
 * answers how many there are, or starts an operation. More than a hundred at once want a reason.
 */
@Dependent
class BulkOrders {
  private static final int WITHOUT_REASON = 100;
  private static final int REASON = 1000;
  private static final Set<String> ALWAYS_WITH_REASON = Set.of(BulkDiscard.NAME);

  private final Operations operations;

  @Inject
  BulkOrders(Operations operations) {
    this.operations = operations;
  }

  /**
   * For a kind whose dry run only counts.
   *
   * @param toJson reads the filter, as its query is read, and writes it in the kind's words
   */
  Response answer(
      String kind, String text, Function<Parameters, String> toJson, SecurityContext security) {
    return answer(new Kinds(kind, null), text, toJson, security);
  }

  /**
   * What does it.
   *
   * @param dryRun an operation that tells what would be done; null where only counting does
   */
  record Kinds(String run, @Nullable String dryRun) {}

  /**
   * @param toJson reads the filter, as its query is read, and writes it in the kind's words
   */
  Response answer(
      Kinds kinds, String text, Function<Parameters, String> toJson, SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    Parameters parameters = Parameters.of(body.object("filter"));
    String filter = toJson.apply(parameters);
    parameters
        .violations()
        .forEach(wrong -> body.wrong("filter." + wrong.field(), wrong.message()));
    return answer(kinds, body, filter, security);
  }

  /**
   * For who has read fields of his own already.
   *
   * @param filter in the kind's words
   */
  Response answer(Kinds kinds, JsonBody body, String filter, SecurityContext security) {
    boolean dryRun = body.flag("dryRun", false);
    Integer limit = body.number("limit", 1);
    Integer rate = body.number("ratePerSecond", 1);
    String reason = body.optionalText("reason", REASON);
    if (reason == null && !dryRun && ALWAYS_WITH_REASON.contains(kinds.run())) {
      body.wrong("reason", "It must be given.");
    }
    body.done();
    if (!dryRun) {
      needReason(new NewOperation(kinds.run(), filter, limit, rate, who(security), reason), body);
    } else if (kinds.dryRun() == null) {
      return Response.ok(matching(operations.select(kinds.run(), filter))).build();
    }
    String kind = dryRun && kinds.dryRun() != null ? kinds.dryRun() : kinds.run();
    return start(new NewOperation(kind, filter, limit, rate, who(security), reason));
  }

  private void needReason(NewOperation wish, JsonBody body) {
    Integer limit = wish.limit();
    if (wish.reason() != null || (limit != null && limit <= WITHOUT_REASON)) {
      return;
    }
    long matching = operations.matching(wish.kind(), wish.filter());
    if (matching > WITHOUT_REASON) {
      body.wrong("reason", "It must be given for " + matching + " at once.");
      body.done();
    }
  }

  private Response start(NewOperation wish) {
    long id = operations.start(wish);
    return Response.accepted(OperationResource.json(operations.find(id).orElseThrow()).toString())
        .header(HttpHeaders.LOCATION, "/api/operations/" + id)
        .build();
  }

  private static String matching(Selection matching) {
    JsonMembers json = new JsonMembers().add("matching", matching.total());
    return (matching.isLeast() ? json.add("more", true) : json).build().toString();
  }

  private static String who(SecurityContext security) {
    return Caller.of(security.getUserPrincipal()).name();
  }
}
