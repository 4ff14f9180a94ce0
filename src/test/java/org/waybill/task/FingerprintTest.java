package org.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.task.Attempt.Outcome;
import org.waybill.task.Attempt.Sent;

class FingerprintTest {
  @Test
  void isTheSameForTheSameCauseWhateverItsIdsNumbersAndTimes() {
    String one =
        "HTTP 422 from http://10.0.0.1:8080/in: {\"error\":\"no account 4711 of bob@example.org\","
            + "\"at\":\"2026-11-21T10:30:45.123Z\",\"id\":\"7f1c2f6e-6a53-4f0e-9d5b-0a1b2c3d4e5f\"}";
    String other =
        "HTTP 422 from http://10.0.0.2:9090/in: {\"error\":\"no account 12 of a.b@example.net\","
            + "\"at\":\"2027-01-02T03:04:05Z\",\"id\":\"00000000-0000-4000-8000-000000000000\"}";
    assertThat(of(DeliveryKind.STORAGE, 422, one))
        .isEqualTo(of(DeliveryKind.STORAGE, 422, other))
        .matches("[0-9a-f]{16}");
  }

  @Test
  void differsWithTheWordsTheStatusAndTheKindOfDelivery() {
    String said = "HTTP 422 from http://a.example/in: no such account";
    assertThat(of(DeliveryKind.STORAGE, 422, said))
        .isNotEqualTo(of(DeliveryKind.STORAGE, 422, said + " plan"))
        .isNotEqualTo(of(DeliveryKind.STORAGE, 400, said))
        .isNotEqualTo(of(DeliveryKind.STORAGE, null, said))
        .isNotEqualTo(of(DeliveryKind.ANALYTICS, 422, said));
  }

  @Test
  void masksWholeWordsWithADigitAndLeavesTheOthers() {
    assertThat(Fingerprint.masked("Connection timeout to http://127.0.0.1:80/x of req_7f3a-b"))
        .isEqualTo("Connection timeout to http://#/x of #");
    assertThat(Fingerprint.masked("SMTP 550 from mx: <x@y.z> 5.1.1 unknown"))
        .isEqualTo("SMTP # from mx: <#> # unknown");
    assertThat(Fingerprint.masked(null)).isEmpty();
  }

  private static String of(DeliveryKind kind, @Nullable Integer status, String reason) {
    Sent sent = new Sent(1, 1, 1, Instant.EPOCH, Duration.ZERO);
    return Fingerprint.of(kind, new Attempt(sent, Outcome.FAILED, status, reason, ""));
  }
}
