package org.waybill.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class E164Test {
  @ParameterizedTest
  @CsvSource({
    "01 42 68 53 00,    FR, +33142685300",
    "0033142685300,     fr, +33142685300",
    "+33142685300,      US, +33142685300",
    "33142685300,       FR, +33142685300",
    "+1 (650) 253-0000, FR, +16502530000",
    "6502530000,        US, +16502530000",
    "16502530000,       US, +16502530000",
    "011442070313000,   US, +442070313000",
    "020 7031 3000,     GB, +442070313000",
    "01 533030,         AT, +431533030",
    "201234,            FO, +298201234"
  })
  void bringsWhatPeopleDial(String number, String country, String expected) {
    assertThat(E164.of(number, country)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1001,  FR",
    "1001, US",
    "12345, AT",
    "53303, AT",
    "2001, DE",
    "89012, DE",
    "100, FI",
    "112,   FR",
    "911,  US",
    "3900,  FR",
    "118712, FR",
    "116117, DE",
    "1800, AU"
  })
  void leavesExtensionsAndServiceNumbersAlone(String number, String country) {
    assertThat(E164.of(number, country)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "5550100, US", "0000000000, FR", "+999123456789, FR", "anonymous, US", "1-800-FLOWERS, US",
    "*98, FR", "'', FR", "+, FR", "sip:+33142685300@example.com, FR", "+٣٣١٤٢٦٨٥٣٠٠, FR",
    "123456789012345678901234567890, US"
  })
  void makesNothingOfWhatIsNoNumber(String number, String country) {
    assertThat(E164.of(number, country)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"''", "XX", "France", "33"})
  void makesNothingWithoutACountry(@Nullable String country) {
    assertThat(E164.of("+33142685300", country)).isNull();
  }

  @Test
  void makesNothingWhenTheOrganizationHasNone() {
    assertThat(E164.of("+33142685300", null)).isNull();
  }
}
