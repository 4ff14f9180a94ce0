package org.waybill.console;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.waybill.platform.Problem;

/** What JAX-RS itself refuses: never an HTML page. */
@Provider
public class WebErrorMapper implements ExceptionMapper<WebApplicationException> {
  @Override
  public Response toResponse(WebApplicationException exception) {
    Response given = exception.getResponse();
    if (given.hasEntity() || given.getStatus() < 400) {
      return given;
    }
    Problem problem = Problem.of(given.getStatus(), detail(given.getStatus()));
    Response.ResponseBuilder answer = Response.fromResponse(problem.response());
    String allow = given.getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? answer.build() : answer.header(HttpHeaders.ALLOW, allow).build();
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 -> "The request could not be read. Check its parameters and its body.";
      case 404 -> "There is nothing at this address. /openapi lists the addresses there are.";
      case 405 -> "This address does not take this method. The Allow header lists those it takes.";
      case 406 -> "This address has no answer of a type that the Accept header names.";
      case 415 -> "This address does not take a body of this Content-Type.";
      default -> "The request was refused.";
    };
  }
}
