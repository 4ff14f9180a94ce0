package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Walks all routes of the server: each has a rule, and the description names each with its role.
 */
class RoutesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.waybill");

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
    assertThat(methods())
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
  void onlyHealthIsOpen() {
    assertThat(methods().stream().filter(method -> method.isAnnotationPresent(PermitAll.class)))
        .isNotEmpty()
        .allSatisfy(method -> assertThat(path(method)).startsWith("/health/"));
  }

  @Test
  void everyServletAndFilterIsAKnownDoor() {
    List<String> patterns = new ArrayList<>();
    for (JavaClass type : CLASSES) {
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
  void theDescriptionNamesEveryRouteWithItsRoleAndNoOther() {
    Map<String, String> routes = new TreeMap<>(DOORS);
    methods().forEach(method -> routes.put(verb(method) + " " + path(method), role(method)));
    assertThat(Described.routes()).isEqualTo(routes);
  }

  private static List<Method> methods() {
    List<Method> methods = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      if (type.isAnnotatedWith(Path.class)) {
        for (Method method : type.reflect().getDeclaredMethods()) {
          if (!verb(method).isEmpty()) {
            methods.add(method);
          }
        }
      }
    }
    return methods;
  }

  private static String verb(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        return verb.value().toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private static String path(Method method) {
    Path own = method.getAnnotation(Path.class);
    String base = method.getDeclaringClass().getAnnotation(Path.class).value();
    String joined = own == null ? base : base + "/" + own.value();
    return joined.replace("//", "/").replaceAll(": [^}]*\\{[^}]*}}", "}");
  }

  private static String role(Method method) {
    if (method.isAnnotationPresent(PermitAll.class)) {
      return "nobody";
    }
    RolesAllowed rule =
        method.isAnnotationPresent(RolesAllowed.class)
            ? method.getAnnotation(RolesAllowed.class)
            : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    return String.join(" or ", rule.value());
  }
}
