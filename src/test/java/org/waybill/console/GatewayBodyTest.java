package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.platform.ProblemException;
import org.waybill.task.Gateway;
import org.waybill.task.Gateways;
import org.waybill.task.NewGateway;
import org.waybill.testing.AuditLines;
import org.waybill.testing.TestDatabase;

class GatewayBodyTest {
  private static final URI URL = URI.create("smtp://wb:hidden@mail:25");

  private final TestDatabase db = TestDatabase.fresh();
  private final Gateways gateways = new Gateways(db.database(), Clock.systemUTC());
  private final Gateway stored =
      gateways.add(NewGateway.general("smtp", URL), true, AuditLines.any());

  @Test
  void keepsTheStoredPasswordWhenTheUrlComesBackAsItWasShown() {
    String shown = GatewayBody.json(stored).build().getString("url");
    NewGateway changed = read("{\"kind\":\"smtp\",\"url\":\"" + shown + "\"}", stored);
    gateways.update(stored.id(), changed, null, AuditLines.any());
    assertThat(shown).isEqualTo("smtp://wb:***@mail:25");
    assertThat(gateways.find(stored.id()).orElseThrow().url()).isEqualTo(URL);
  }

  @Test
  void showsTheNameAndKeepsItWhenItIsLeftOut() {
    String body = "{\"kind\":\"smtp\",\"name\":\"Post\",\"url\":\"smtp://mail:25\"}";
    Gateway named = gateways.update(stored.id(), read(body, stored), null, AuditLines.any());
    NewGateway changed =
        read("{\"kind\":\"smtp\",\"url\":\"smtp://mail:26\",\"maxInFlight\":4}", named);
    Gateway after = gateways.update(stored.id(), changed, null, AuditLines.any());
    assertThat(GatewayBody.json(after).build().getString("name")).isEqualTo("Post");
  }

  @Test
  void takesNoMaskForAPassword() {
    assertThatThrownBy(() -> read("{\"kind\":\"smtp\",\"url\":\"smtp://wb:***@mail\"}", null))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().json()).contains("write the password itself"));
  }

  @Test
  void saysNoPasswordInAnyForm() {
    NewGateway fresh = new NewGateway("smtp", null, URL, null, "Bearer hidden", 1, null);
    assertThat(fresh.toString()).doesNotContain("hidden");
    assertThat(stored.toString()).doesNotContain("hidden");
    assertThat(GatewayBody.json(stored).build().toString()).doesNotContain("hidden");
  }

  private static NewGateway read(String json, @Nullable Gateway before) {
    JsonBody body = JsonBody.read(json);
    NewGateway values = GatewayBody.read(body, before);
    body.done();
    return GatewayBody.whole(values);
  }
}
