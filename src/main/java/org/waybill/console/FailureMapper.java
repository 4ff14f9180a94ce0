package org.waybill.console;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.waybill.access.AlreadyThere;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.Problem;

/** Everything else that a resource can throw. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(FailureMapper.class.getName());

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof AlreadyThere) {
      return Problem.of(409, String.valueOf(thrown.getMessage())).response();
    }
    if (isUnreadableJson(thrown)) {
      return Problem.of(400, "The body is not the JSON that this address takes.").response();
    }
    if (thrown instanceof DatabaseException) {
      LOG.log(
          Level.ERROR, "WB-CONSOLE-02 The database did not answer. Check that it is up.", thrown);
      Response answer = Problem.of(503, "The database does not answer. Try again.").response();
      return Response.fromResponse(answer).header(HttpHeaders.RETRY_AFTER, "2").build();
    }
    LOG.log(
        Level.ERROR,
        "WB-CONSOLE-01 A request failed for a reason of our own. Report it with this stack trace.",
        thrown);
    return Problem.of(500, "The server failed; its log says why, under WB-CONSOLE-01.").response();
  }

  private static boolean isUnreadableJson(Throwable thrown) {
    return thrown instanceof JsonException
        || thrown instanceof JsonbException
        || (thrown instanceof ProcessingException && thrown.getCause() instanceof JsonbException);
  }
}
