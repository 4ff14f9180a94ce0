package org.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.waybill.access.Audit;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.WaybillException;
import org.waybill.testing.AuditLines;
import org.waybill.testing.TestDatabase;

class GatewaysTest {
  private final TestDatabase db = TestDatabase.fresh();
  private final Gateways gateways = new Gateways(db.database(), Clock.systemUTC());

  @Test
  void sendsItemNToTheNthGatewayModuloTheirNumber() {
    gateways.seed(List.of(uri("http://a"), uri("http://b")), List.of(uri("http://c")));
    assertThat(gateways.route(1, DeliveryKind.STORAGE, 0)).isEqualTo(1);
    assertThat(gateways.route(1, DeliveryKind.STORAGE, 1)).isEqualTo(2);
    assertThat(gateways.route(1, DeliveryKind.STORAGE, 2)).isEqualTo(1);
    assertThat(gateways.route(1, DeliveryKind.ANALYTICS, 5)).isEqualTo(3);
    assertThat(gateways.route(1, DeliveryKind.EMAIL, 0)).isEqualTo(Gateway.NONE);
  }

  @Test
  void prefersAnOrganizationsOwnGatewaysOfTheSameKind() {
    gateways.seed(List.of(uri("http://a")), List.of(uri("http://b")));
    Gateway own =
        gateways.add(
            new NewGateway("storage", "own", uri("https://own/x"), 7, "Bearer t", 4, 10),
            true,
            AuditLines.any());
    assertThat(gateways.route(7, DeliveryKind.STORAGE, 1)).isEqualTo(own.id());
    assertThat(gateways.route(7, DeliveryKind.ANALYTICS, 1)).isEqualTo(2);
    assertThat(gateways.route(8, DeliveryKind.STORAGE, 1)).isEqualTo(1);
    assertThat(own.ratePerSecond()).isEqualTo(10);
    assertThat(own.authorization()).isEqualTo("Bearer t");
  }

  @Test
  void leavesOutInactiveGatewaysButNotPausedOnes() {
    gateways.seed(List.of(uri("http://a"), uri("http://b")), List.of());
    assertThat(gateways.pause(1, AuditLines.any()).paused()).isTrue();
    assertThat(gateways.route(1, DeliveryKind.STORAGE, 0)).isEqualTo(1);
    assertThat(gateways.resume(1, AuditLines.any()).paused()).isFalse();
    assertThat(gateways.deactivate(1, AuditLines.any()).active()).isFalse();
    assertThat(gateways.route(1, DeliveryKind.STORAGE, 0)).isEqualTo(2);
    NewGateway same = NewGateway.general("storage", uri("http://a"));
    assertThat(gateways.update(1, same, null, AuditLines.any()).active()).isFalse();
    assertThat(gateways.update(1, same, true, AuditLines.any()).active()).isTrue();
    assertThat(gateways.route(1, DeliveryKind.STORAGE, 0)).isEqualTo(1);
  }

  @Test
  void seedsOnlyAtTheFirstStart() {
    gateways.seed(List.of(uri("http://a")), List.of());
    gateways.seed(List.of(uri("http://b"), uri("http://c")), List.of());
    assertThat(gateways.all()).extracting(Gateway::url).containsExactly(uri("http://a"));
  }

  @Test
  void takesTheMailServerFromTheSettingsAtEveryStart() {
    gateways.mailServer(null);
    assertThat(gateways.route(1, DeliveryKind.EMAIL, 0)).isEqualTo(Gateway.NONE);
    gateways.mailServer(uri("smtp://one:25"));
    gateways.mailServer(uri("smtp://two:25"));
    int id = gateways.route(1, DeliveryKind.EMAIL, 0);
    assertThat(gateways.find(id).orElseThrow().url()).isEqualTo(uri("smtp://two:25"));
    gateways.mailServer(null);
    assertThat(gateways.route(1, DeliveryKind.EMAIL, 0)).isEqualTo(Gateway.NONE);
  }

  @Test
  void writesTheAuditLineOfAChangeWithItsOutcome() {
    gateways.add(NewGateway.general("storage", uri("http://a")), false, AuditLines.any());
    gateways.pause(1, AuditLines.any());
    assertThat(db.one("SELECT COUNT(*) FROM audit_log WHERE subject LIKE 'gateway 1 %'"))
        .isEqualTo("2");
  }

  @Test
  void changesNothingWhenTheAuditLineCannotBeWritten() {
    NewGateway values = NewGateway.general("storage", uri("http://a"));
    Gateway before = gateways.add(values, true, AuditLines.any());
    NewGateway other = NewGateway.general("storage", uri("http://b"));
    assertRefused(() -> gateways.add(other, true, AuditLines.refused()));
    assertRefused(() -> gateways.update(1, other, false, AuditLines.refused()));
    assertRefused(() -> gateways.pause(1, AuditLines.refused()));
    assertRefused(() -> gateways.deactivate(1, AuditLines.refused()));
    assertThat(new Gateways(db.database(), Clock.systemUTC()).all()).containsExactly(before);
    assertThat(db.one("SELECT COUNT(*) FROM audit_log")).isEqualTo("1");
  }

  @Test
  void sendsAReportToTheConsumerThatItNamesAndToNoOther() {
    int general = gateways.add(NewGateway.general("report", uri("http://a")), true, line()).id();
    int own =
        gateways
            .add(new NewGateway("report", null, uri("file:///tmp"), 7, null, 1, null), true, line())
            .id();
    int storage = gateways.add(NewGateway.general("storage", uri("http://a")), true, line()).id();
    assertThat(gateways.route(7, DeliveryKind.REPORT, FanOut.ANY_CONSUMER)).isEqualTo(own);
    assertThat(gateways.route(8, DeliveryKind.REPORT, FanOut.ANY_CONSUMER)).isEqualTo(general);
    assertThat(gateways.route(7, DeliveryKind.REPORT, general)).isEqualTo(general);
    assertThat(gateways.route(8, DeliveryKind.REPORT, own)).isEqualTo(Gateway.NONE);
    assertThat(gateways.route(8, DeliveryKind.REPORT, storage)).isEqualTo(Gateway.NONE);
  }

  private static Function<Gateway, Audit.Entry> line() {
    return AuditLines.any();
  }

  @Test
  void takesHttpAndFilesForReports() {
    for (String url : List.of("https://a/records", "sftp://u@a/in", "file:///out")) {
      assertThat(NewGateway.general("report", uri(url)).maxInFlight()).isEqualTo(1);
    }
    for (String url : List.of("file:///", "file:out", "file://host/out", "sftp:///in", "ftp://a")) {
      assertThatThrownBy(() -> NewGateway.general("report", uri(url)))
          .hasMessageContaining("sftp:// and a host name, or is file:///directory.");
    }
  }

  @Test
  void refusesWhatCannotBeAGateway() {
    assertThatThrownBy(() -> NewGateway.general("fax", uri("http://a")))
        .hasMessageContaining("storage, analytics, smtp or report");
    assertThatThrownBy(() -> NewGateway.general("storage", uri("ftp://a")))
        .hasMessageContaining("http:// or https://");
    assertThatThrownBy(() -> gateways.pause(99, AuditLines.any()))
        .isInstanceOf(WaybillException.class)
        .hasMessageContaining("no gateway 99");
  }

  private static void assertRefused(ThrowingCallable change) {
    assertThatThrownBy(change).isInstanceOf(DatabaseException.class);
  }

  private static URI uri(String text) {
    return URI.create(text);
  }
}
