package org.waybill.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDatabaseTest {
  @ParameterizedTest
  @ValueSource(strings = {"8.0.33", "8.4.2", "9.1.0", "10.6.0-MariaDB", "11.4.5-MariaDB-log"})
  void acceptsWhatItIsTestedWithAndNewer(String version) {
    assertThatCode(() -> ExternalDatabase.requireVersion(version)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.0.32", "5.7.44-log", "10.5.28-MariaDB", "unknown"})
  void refusesOlderOnesAndSaysWhatIsNeeded(String version) {
    assertThatThrownBy(() -> ExternalDatabase.requireVersion(version))
        .hasMessage(
            "WB-START-08 The database is version %s; Waybill needs MySQL 8.0.33 or newer, or MariaDB 10.6 or newer.",
            version);
  }

  @Test
  void addsWhatWaybillCountsOn() {
    assertThat(DatabaseUrl.parse("jdbc:mysql://db.example:3306/cdrs").complete())
        .startsWith("jdbc:mysql://db.example:3306/cdrs?")
        .contains("rewriteBatchedStatements=true", "connectionTimeZone=UTC")
        .doesNotContain("sslMode", "allowPublicKeyRetrieval");
  }

  @Test
  void leavesOutEncryptionOnlyOnThisMachine() {
    assertThat(DatabaseUrl.parse("jdbc:mysql://localhost/cdrs").complete())
        .contains("sslMode=DISABLED", "allowPublicKeyRetrieval=true");
    assertThat(DatabaseUrl.parse("jdbc:mysql://127.0.0.1:1,10.0.0.1:2/cdrs").complete())
        .doesNotContain("sslMode");
  }

  @Test
  void whatTheOperatorWroteWins() {
    String url =
        DatabaseUrl.parse("jdbc:mysql://localhost/cdrs?sslmode=REQUIRED&cachePrepStmts=false")
            .complete();
    assertThat(url)
        .contains("sslmode=REQUIRED", "cachePrepStmts=false")
        .doesNotContain("sslMode=DISABLED", "cachePrepStmts=true");
  }

  @Test
  void aUrlWithoutADatabaseIsRefused() {
    assertThatThrownBy(() -> DatabaseUrl.parse("jdbc:mysql://localhost:3306"))
        .hasMessageStartingWith("WB-START-06 WAYBILL_DB_URL names no database");
  }
}
