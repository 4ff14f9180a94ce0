package org.waybill.console;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Walks all routes of the server: each has a rule, and the description names each with its role.
 */
class RoutesTest {
  /** The doors that stand before JAX-RS and check the sender's role themselves (collect.Sender). */
  private static final Map<String, String> DOORS =
      Map.of(
          "post /api/cdrs", "switch",
          "post /api/cdrs/batch", "switch",
          "post /api/collect/{format}", "switch",
          "post /api/collect/{format}/batch", "switch");

  /** Those that answer nothing but 503 while the server stops (platform.Drain). */
  private static final Set<String> PASSING = Set.of("/*");

  @Test
  void everyResourceMethodHasARule() {
    assertThat(Routes.methods())
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(
                        method.isAnnotationPresent(PermitAll.class)
                            || method.isAnnotationPresent(RolesAllowed.class)
                            || method.getDeclaringClass().isAnnotationPresent(RolesAllowed.class))
                    .as(method.toString())
                    .isTrue());
  }

  @Test
  void onlyHealthAndTheDoorForPeopleAreOpen() {
    assertThat(
            Routes.methods().stream().filter(method -> method.isAnnotationPresent(PermitAll.class)))
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(Routes.path(method))
                    .matches("/health/.*|/login|/login/oidc(/callback)?|/assets/\\{name}"));
  }

  /** Else it is by chance, at each start of the server, what a caller gets who asks for no form. */
  @Test
  void whatAnswersInManyFormsHasOneForWhoAsksForNone() {
    Map<String, List<Method>> forms =
        Routes.methods().stream()
            .collect(groupingBy(method -> Routes.verb(method) + " " + Routes.path(method)));
    assertThat(forms).hasSizeLessThan(Routes.methods().size());
    assertThat(forms)
        .allSatisfy(
            (route, methods) ->
                assertThat(methods.stream().filter(Routes::isUsualForm)).as(route).hasSize(1));
  }

  @Test
  void pagesChangeNothingButByForms() {
    assertThat(Routes.pages().keySet())
        .isNotEmpty()
        .allMatch(route -> route.matches("(get|post) .*"));
  }

  @Test
  void everyServletAndFilterIsAKnownDoor() {
    List<String> patterns = new ArrayList<>();
    for (JavaClass type : Routes.CLASSES) {
      type.tryGetAnnotationOfType(WebServlet.class)
          .ifPresent(
              servlet -> {
                patterns.addAll(List.of(servlet.urlPatterns()));
                patterns.addAll(List.of(servlet.value()));
              });
      type.tryGetAnnotationOfType(WebFilter.class)
          .ifPresent(
              filter -> {
                patterns.addAll(List.of(filter.urlPatterns()));
                patterns.addAll(List.of(filter.value()));
              });
    }
    patterns.removeAll(PASSING);
    assertThat(patterns)
        .allSatisfy(
            pattern -> assertThat(DOORS).containsKey("post " + pattern.replace("*", "{format}")));
  }

  @Test
  void theDescriptionNamesEveryCallWithItsRoleAndNoOther() {
    Map<String, String> calls = new TreeMap<>(DOORS);
    calls.putAll(Routes.calls());
    assertThat(Described.routes()).isEqualTo(calls);
  }
}
