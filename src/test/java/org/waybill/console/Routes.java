package org.waybill.console;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Every route that a resource of the server serves, with its role. */
final class Routes {
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.waybill");

  private Routes() {}

  /** Those of machines: each {@code verb path} with its role, {@code nobody} where it is open. */
  static Map<String, String> calls() {
    return routes(method -> !isPage(method));
  }

  /** The same of people. */
  static Map<String, String> pages() {
    return routes(Routes::isPage);
  }

  static List<Method> methods() {
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

  static String path(Method method) {
    Path own = method.getAnnotation(Path.class);
    String base = method.getDeclaringClass().getAnnotation(Path.class).value();
    String joined = own == null ? base : base + "/" + own.value();
    return joined
        .replace("//", "/")
        .replaceAll(": [^}]*\\{[^}]*}}", "}")
        .replaceAll(": [^}]*}", "}");
  }

  /** Whether a caller gets this form of an answer who asks for none. */
  static boolean isUsualForm(Method method) {
    Produces forms = method.getAnnotation(Produces.class);
    return forms == null || Stream.of(forms.value()).noneMatch(form -> form.contains(";qs="));
  }

  private static Map<String, String> routes(Predicate<Method> which) {
    Map<String, String> routes = new TreeMap<>();
    methods().stream()
        .filter(which)
        .forEach(method -> routes.put(verb(method) + " " + path(method), role(method)));
    return routes;
  }

  private static boolean isPage(Method method) {
    return method.getDeclaringClass().getPackageName().endsWith(".page");
  }

  static String verb(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        return verb.value().toLowerCase(Locale.ROOT);
      }
    }
    return "";
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
