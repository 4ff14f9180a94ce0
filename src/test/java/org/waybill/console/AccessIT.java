package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

class AccessIT {
  private static final Map<String, Set<String>> MAY =
      Map.of(
          "switch", Set.of("switch"),
          "reader", Set.of("reader"),
          "operator", Set.of("reader", "operator"),
          "admin", Set.of("switch", "reader", "operator", "admin"));

  private final WaybillServer server = WaybillServer.shared();
  private final Client nobody = Client.nobody(server.uri("/"));
  private final Client admin = nobody.user("admin", WaybillServer.ADMIN_PASSWORD);

  @Test
  void holdsEveryRouteToItsRole() {
    for (String role : MAY.keySet()) {
      Client caller = nobody.key(key("every " + role, role));
      everyRoute()
          .forEach(
              (route, rule) -> {
                boolean may = Arrays.stream(rule.split(" or ")).anyMatch(MAY.get(role)::contains);
                Client.Answer answer = request(caller, route);
                if (may || rule.equals("nobody")) {
                  assertThat(answer.status())
                      .as(role + " " + route + " " + answer.text())
                      .isNotIn(401, 403, 500, 503);
                } else {
                  assertThat(problem(answer)).as(role + " " + route).isEqualTo(403);
                }
              });
    }
  }

  @Test
  void opensNothingButHealthToNobody() {
    everyRoute()
        .forEach(
            (route, rule) -> {
              Client.Answer answer = request(nobody, route);
              if (rule.equals("nobody")) {
                assertThat(answer.status()).as(route).isNotIn(401, 403, 500, 503);
              } else {
                assertThat(problem(answer)).as(route).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo("Basic realm=\"Waybill\", charset=\"UTF-8\"");
              }
            });
  }

  @Test
  void hasNoWayAroundThroughOtherSpellings() {
    for (String path :
        List.of(
            "/",
            "/nowhere",
            "/health/live/",
            "/health/live;a=b",
            "/health/../api/organizations",
            "/health/%2e%2e/api/organizations",
            "/health/live/../../api/organizations",
            "/health//../api/organizations",
            "/api/organizations/",
            "/api/organizations;a=b")) {
      assertThat(nobody.get(path).status()).as(path).isIn(400, 401);
    }
  }

  @Test
  void answersProblemsAndNeverPages() {
    assertThat(problem(admin.get("/nowhere"))).isEqualTo(404);
    assertThat(problem(admin.delete("/api/organizations"))).isEqualTo(405);
    assertThat(problem(admin.get("/api/organizations?limt=3"))).isEqualTo(400);
    assertThat(problem(admin.get("/api/cdrs?from=yesterday&limit=0"))).isEqualTo(400);
    assertThat(problem(admin.post("/api/organizations", "{"))).isEqualTo(400);
    assertThat(problem(admin.post("/api/organizations", "[]"))).isEqualTo(400);
    assertThat(problem(admin.post("/api/organizations", "{\"nam\":\"x\"}"))).isEqualTo(422);
    assertThat(problem(admin.send("POST", "/api/organizations", "text/plain", "x"))).isEqualTo(415);
    assertThat(problem(admin.get("/api/organizations", "image/png"))).isEqualTo(406);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    Client.Answer answer =
        admin.post("/api/users", "{\"name\":\"a:b\",\"password\":\"short\",\"roles\":[\"king\"]}");
    assertThat(problem(answer)).isEqualTo(422);
    assertThat(answer.json().getJsonArray("violations")).hasSize(3);
  }

  @Test
  void letsNoWrongOrRevokedCredentialsIn() {
    assertThat(problem(nobody.user("admin", "wrong").get("/api/cdrs"))).isEqualTo(401);
    assertThat(problem(nobody.key("wb_guess").get("/api/cdrs"))).isEqualTo(401);
    Client.Answer issued = admin.post("/api/keys", "{\"name\":\"r\",\"roles\":[\"reader\"]}");
    Client reader = nobody.key(issued.json().getString("key"));
    assertThat(reader.get("/api/cdrs").status()).isEqualTo(200);
    assertThat(admin.delete("/api/keys/" + issued.json().getInt("id")).status()).isEqualTo(204);
    assertThat(problem(reader.get("/api/cdrs"))).isEqualTo(401);
    assertThat(admin.get("/api/keys").text()).doesNotContain(issued.json().getString("key"));
  }

  @Test
  void takesANewPasswordAtOnceAndTheOldOneNoMore() {
    Client.Answer added =
        admin.post(
            "/api/users",
            "{\"name\":\"rita\",\"password\":\"first words\",\"roles\":[\"reader\"]}");
    assertThat(nobody.user("rita", "first words").get("/api/cdrs").status()).isEqualTo(200);
    String path = "/api/users/" + added.json().getInt("id");
    assertThat(admin.put(path, "{\"password\":\"other words\"}").status()).isEqualTo(200);
    assertThat(problem(nobody.user("rita", "first words").get("/api/cdrs"))).isEqualTo(401);
    assertThat(nobody.user("rita", "other words").get("/api/cdrs").status()).isEqualTo(200);
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(problem(nobody.user("rita", "other words").get("/api/cdrs"))).isEqualTo(401);
  }

  private String key(String name, String role) {
    String body = "{\"name\":\"" + name + "\",\"roles\":[\"" + role + "\"]}";
    return admin.post("/api/keys", body).json().getString("key");
  }

  private static Map<String, String> everyRoute() {
    Map<String, String> routes = new TreeMap<>(Described.routes());
    routes.putAll(Routes.pages());
    return routes;
  }

  /** To things that are not there, so that nothing is changed by asking. */
  private static Client.Answer request(Client caller, String route) {
    String verb = route.substring(0, route.indexOf(' '));
    String path =
        route
            .substring(verb.length() + 1)
            .replace("{uuid}", "00000000-0000-0000-0000-000000000000")
            .replace("{id}", "999999999")
            .replace("{callId}", "nothing")
            .replace("{format}", "nothing")
            .replace("{act}", "discard")
            .replace("{name}", "waybill.0123456789ab.css");
    return switch (verb) {
      case "get" -> caller.get(path);
      case "delete" -> caller.delete(path);
      case "put" -> caller.put(path, "{}");
      default -> path.matches("/api/.*|/login") ? caller.post(path, "{}") : form(caller, path);
    };
  }

  /** Of all that match, with a filter that is wrong. */
  private static Client.Answer form(Client caller, String path) {
    return caller.send("POST", path + "?no=such", "application/x-www-form-urlencoded", "");
  }

  private static int problem(Client.Answer answer) {
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().getInt("status")).isEqualTo(answer.status());
    return answer.status();
  }
}
