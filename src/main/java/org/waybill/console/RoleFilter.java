package org.waybill.console;

import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.platform.Problem;

/**
 * Holds every resource method to its {@code @RolesAllowed}. One that has no rule is nobody's: who
 * adds a route must say who may use it.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class RoleFilter implements ContainerRequestFilter {
  @Context private @Nullable ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource == null ? null : resource.getResourceMethod();
    if (method != null && !mayCall(method, request.getSecurityContext().getUserPrincipal())) {
      request.abortWith(Problem.of(403, "Your roles do not allow this.").response());
    }
  }

  /** Whether the method's rule, else its class's, lets this caller in. */
  static boolean mayCall(Method method, @Nullable Principal principal) {
    if (method.isAnnotationPresent(PermitAll.class)) {
      return true;
    }
    RolesAllowed rule = rule(method);
    if (rule == null || !(principal instanceof Caller caller)) {
      return false;
    }
    for (String role : rule.value()) {
      if (caller.hasRole(role)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable RolesAllowed rule(Method method) {
    RolesAllowed own = method.getAnnotation(RolesAllowed.class);
    return own != null ? own : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
  }
}
