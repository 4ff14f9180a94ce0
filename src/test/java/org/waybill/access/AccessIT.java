package org.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.waybill.testing.Client;
import org.waybill.testing.Deployments;

@ExtendWith(ArquillianExtension.class)
class AccessIT {
  @ArquillianResource private URI server = URI.create("http://localhost/");
  private Client nobody = Client.nobody(server);
  private Client admin = nobody;

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war();
  }

  @BeforeEach
  void signIn() throws IOException {
    nobody = Client.nobody(server);
    String password = Files.readString(Path.of("target/arquillian/admin-password")).strip();
    admin = nobody.user("admin", password);
  }

  @Test
  void opensNothingButHealthToNobody() {
    assertThat(nobody.get("health/live").status()).isEqualTo(200);
    assertThat(nobody.get("health/ready").status()).isIn(200, 503);
    for (String path :
        new String[] {
          "metrics",
          "openapi",
          "api/organizations",
          "api/cdrs",
          "nowhere",
          "",
          "health/live/",
          "health/live;a=b",
          "health/../api/organizations",
          "health/%2e%2e/api/organizations",
          "health/live/../../api/organizations",
          "//api/organizations"
        }) {
      Client.Answer answer = nobody.get(path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate"))
          .isEqualTo("Basic realm=\"Waybill\", charset=\"UTF-8\"");
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
  }

  @Test
  void answersProblemsAndNeverPages() {
    assertThat(problem(admin.get("nowhere"))).isEqualTo(404);
    assertThat(problem(admin.delete("api/organizations"))).isEqualTo(405);
    assertThat(problem(admin.get("api/organizations?limt=3"))).isEqualTo(400);
    assertThat(problem(admin.post("api/organizations", "{"))).isEqualTo(400);
    assertThat(problem(admin.post("api/organizations", "{\"nam\":\"x\"}"))).isEqualTo(422);
    assertThat(problem(admin.send("POST", "api/organizations", "text/plain", "x"))).isEqualTo(415);
    assertThat(problem(admin.get("api/organizations", "image/png"))).isEqualTo(406);
  }

  @Test
  void holdsEveryRoleToWhatItMay() {
    admin.post(
        "api/users", "{\"name\":\"rita\",\"password\":\"rita's own\",\"roles\":[\"reader\"]}");
    Client reader = nobody.user("rita", "rita's own");
    assertThat(reader.get("api/organizations").status()).isEqualTo(200);
    assertThat(problem(reader.get("api/users"))).isEqualTo(403);
    assertThat(problem(reader.post("api/organizations", "{}"))).isEqualTo(403);
    assertThat(reader.get("metrics").text()).contains("jvm_");
    Client.Answer issued =
        admin.post(
            "api/keys", "{\"name\":\"pbx\",\"roles\":[\"switch\"],\"organizations\":[1001]}");
    assertThat(issued.status()).isEqualTo(201);
    Client pbx = nobody.key(issued.json().getString("key"));
    assertThat(problem(pbx.get("api/organizations"))).isEqualTo(403);
    assertThat(pbx.get("openapi").status()).isEqualTo(200);
    assertThat(admin.delete("api/keys/" + issued.json().getInt("id")).status()).isEqualTo(204);
    assertThat(problem(pbx.get("openapi"))).isEqualTo(401);
  }

  private static int problem(Client.Answer answer) {
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().getInt("status")).isEqualTo(answer.status());
    return answer.status();
  }
}
