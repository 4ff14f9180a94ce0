package org.waybill.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NamedUuidTest {
  @Test
  void isTheExampleOfRfc9562() {
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(NamedUuid.versionFive(dns, "www.example.com".getBytes(StandardCharsets.US_ASCII)))
        .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  }

  @Test
  void staysWhatItIsStoredAs() {
    assertThat(NamedUuid.of("asterisk", 1001, List.of("a", "é")))
        .hasToString("2793687e-33b1-53e0-bf41-ba156f34d72a");
  }

  @Test
  void isAnotherOneForEveryOtherName() {
    assertThat(
            List.of(
                NamedUuid.of("a", 1, List.of("b", "c")),
                NamedUuid.of("a", 1, List.of("b,c")),
                NamedUuid.of("a", 1, List.of("bc")),
                NamedUuid.of("a", 1, List.of("c", "b")),
                NamedUuid.of("a", 2, List.of("b", "c")),
                NamedUuid.of("b", 1, List.of("b", "c"))))
        .doesNotHaveDuplicates()
        .allMatch(uuid -> uuid.version() == 5 && uuid.variant() == 2);
  }
}
