package org.waybill.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPageTest {
  @Test
  void goesBackToThePageThatWasAskedFor() {
    String page = "/tasks?state=failed&errorGroup=0123456789abcdef&q=a%20b";
    assertThat(LoginPage.inside(page)).isEqualTo(page);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "tasks",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/tasks?q={x}",
        "/tasks?q=%zz",
        "/tasks\r\nSet-Cookie: a=b"
      })
  void goesToTheOverviewInsteadOfElsewhereOrNowhere(String to) {
    assertThat(LoginPage.inside(to)).isEqualTo("/");
  }
}
