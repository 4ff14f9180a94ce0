package org.waybill.console;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.waybill.platform.ProblemException;

/** A resource that ends with a problem answers with it. */
@Provider
public class ProblemMapper implements ExceptionMapper<ProblemException> {
  @Override
  public Response toResponse(ProblemException exception) {
    return exception.problem().response();
  }
}
