package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.waybill.dispatch.RetryForecast;
import org.waybill.platform.Problem;

class RetryResourceTest {
  @Test
  void readsAScheduleAsTheSettingIsRead() {
    Parameters parameters = asked(" PT5S, PT1M30S ,P1D,");
    RetryForecast forecast = Objects.requireNonNull(RetryResource.read(parameters));
    assertThat(RetryResource.text(forecast)).isEqualTo("PT5S,PT1M30S,PT24H");
    assertThat(parameters.violations()).isEmpty();
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    Parameters parameters = asked("PT5S,5 minutes,-PT2S,P400D,PT1H");
    assertThat(RetryResource.read(parameters)).isNull();
    assertThat(parameters.violations())
        .extracting(Problem.Violation::message)
        .containsExactly(
            "'5 minutes' is no ISO-8601 duration, such as PT45S, PT2H or P1DT12H.",
            "'-PT2S' is negative.",
            "'P400D' is longer than 366 days.");
  }

  @Test
  void wantsOneWaitAtLeastAndNoMoreThanCanBeDrawn() {
    for (String schedule : new String[] {",", "PT1S" + ",PT1S".repeat(100)}) {
      Parameters parameters = asked(schedule);
      assertThat(RetryResource.read(parameters)).isNull();
      assertThat(parameters.violations()).hasSize(1);
    }
  }

  private static Parameters asked(String schedule) {
    return Parameters.of(Json.createObjectBuilder().add("schedule", schedule).build());
  }
}
