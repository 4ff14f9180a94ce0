package org.waybill.console;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import java.util.function.Function;
import org.waybill.access.Caller;
import org.waybill.collect.BulkDiscard;
import org.waybill.operation.NewOperation;
import org.waybill.operation.Operations;

/**
 * What is asked for all that match: {@code {"filter","dryRun","ratePerSecond","reason"}} answers
 * how many there are, or starts an operation. More than a hundred at once want a reason.
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
   * @param toJson reads the filter, as its query is read, and writes it in the kind's words
   */
  Response answer(
      String kind, String text, Function<Parameters, String> toJson, SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    Parameters parameters = Parameters.of(body.object("filter"));
    String filter = toJson.apply(parameters);
    parameters
        .violations()
        .forEach(wrong -> body.wrong("filter." + wrong.field(), wrong.message()));
    boolean dryRun = body.flag("dryRun", false);
    Integer rate = body.number("ratePerSecond", 1);
    String reason = body.optionalText("reason", REASON);
    if (reason == null && !dryRun && ALWAYS_WITH_REASON.contains(kind)) {
      body.wrong("reason", "It must be given.");
    }
    body.done();
    return dryRun
        ? Response.ok(matching(operations.matching(kind, filter))).build()
        : start(new NewOperation(kind, filter, rate, who(security), reason), body);
  }

  private Response start(NewOperation wish, JsonBody body) {
    if (wish.reason() == null) {
      long matching = operations.matching(wish.kind(), wish.filter());
      if (matching > WITHOUT_REASON) {
        body.wrong("reason", "It must be given for " + matching + " at once.");
        body.done();
      }
    }
    long id = operations.start(wish);
    return Response.accepted(OperationResource.json(operations.find(id).orElseThrow()).toString())
        .header(HttpHeaders.LOCATION, "/api/operations/" + id)
        .build();
  }

  private static String matching(long matching) {
    return new JsonMembers().add("matching", matching).build().toString();
  }

  private static String who(SecurityContext security) {
    return Caller.of(security.getUserPrincipal()).name();
  }
}
