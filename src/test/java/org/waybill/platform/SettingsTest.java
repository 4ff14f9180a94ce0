package org.waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @Test
  void namesAndDefaultsAreThoseOfTheContract() {
    Map<String, String> defaults = new HashMap<>();
    SettingNames.ALL.forEach(setting -> defaults.put(setting.name(), setting.byDefault()));
    Map<String, String> contract = new HashMap<>();
    contract.put("WAYBILL_HTTP_PORT", "8080");
    contract.put("WAYBILL_DATA_DIR", "./waybill-data");
    contract.put("WAYBILL_DB_PORT", "0");
    contract.put(
        "WAYBILL_RETRY_SCHEDULE",
        "PT5S,PT15S,PT45S,PT2M,PT5M,PT15M,PT30M,PT1H,PT2H,PT4H,PT6H,PT8H,PT12H,PT12H,PT24H");
    contract.put("WAYBILL_GATEWAY_CONNECT_TIMEOUT", "PT2S");
    contract.put("WAYBILL_GATEWAY_TIMEOUT", "PT15S");
    contract.put("WAYBILL_MAX_DOCUMENT_BYTES", "10485760");
    contract.put("WAYBILL_RETENTION_DAYS", "400");
    contract.put("WAYBILL_SWITCH_SILENCE", "PT15M");
    contract.put("WAYBILL_SWITCH_MISSED", "10");
    contract.put("WAYBILL_OIDC_NAME", "OpenID Connect");
    contract.put("WAYBILL_OIDC_SCOPES", "openid profile email");
    contract.put("WAYBILL_OIDC_ROLES_CLAIM", "roles");
    contract.put("WAYBILL_OIDC_ROLES", "reader=reader,operator=operator,admin=admin");
    contract.put("WAYBILL_SMDR_LAYOUT", "simple");
    contract.put("WAYBILL_SMDR_DATE_ORDER", "MMDD");
    contract.put("WAYBILL_AMQP_EXCHANGE", "sentiric_events");
    contract.put("WAYBILL_AMQP_QUEUE", "waybill.events");
    contract.put("WAYBILL_FEED_INTERVAL", "PT3S");
    contract.put("WAYBILL_FEED_TIMEOUT", "PT10S");
    contract.put("WAYBILL_FEED_LIMIT", "500");
    contract.put("WAYBILL_FEED_OVERLAP", "500");
    contract.put("WAYBILL_REPORT_INTERVAL", "PT5S");
    contract.put("WAYBILL_REPORT_SIZE", "1000");
    contract.put("WAYBILL_CALL_GRACE", "PT5S");
    contract.put("WAYBILL_CALL_MAX_AGE", "PT4H");
    for (String none :
        List.of(
            "DB_URL",
            "HTTPS_PORT",
            "HTTPS_KEYSTORE",
            "HTTPS_KEYSTORE_PASSWORD",
            "HTTPS_CLIENT_CA",
            "DB_USER",
            "DB_PASSWORD",
            "ADMIN_PASSWORD",
            "OIDC_ISSUER",
            "OIDC_CLIENT_ID",
            "OIDC_CLIENT_SECRET",
            "OIDC_REDIRECT_URL",
            "STORAGE_GATEWAYS",
            "ANALYTICS_GATEWAYS",
            "SPOOL_DIR",
            "SPOOL_ORG",
            "SMDR_PORT",
            "SMDR_ORG",
            "SMDR_LINKS",
            "SMDR_CUSTOM",
            "SMDR_IDLE_TIMEOUT",
            "AMQP_URL",
            "AMQP_ORG",
            "FEED_URL",
            "FEED_ORG",
            "REPORT_URL",
            "REPORT_SFTP_KEY",
            "REPORT_KNOWN_HOSTS",
            "SMTP_URL",
            "MAIL_FROM")) {
      contract.put("WAYBILL_" + none, null);
    }
    assertThat(defaults).isEqualTo(contract);
  }

  @Test
  void nothingSetMeansTheDefaults() {
    Settings settings = settings(Map.of());
    assertThat(settings.httpPort()).isEqualTo(8080);
    assertThat(settings.dataDir()).isEqualTo(Path.of("./waybill-data"));
    assertThat(settings.dbUrl()).isEmpty();
    assertThat(settings.storageGateways()).isEmpty();
    assertThat(settings.retrySchedule()).hasSize(15).startsWith(Duration.ofSeconds(5));
    assertThat(settings.maxDocumentBytes()).isEqualTo(10_485_760);
    assertThat(settings.retentionDays()).isEqualTo(400);
  }

  @Test
  void readsListsOfUrlsAndDurations() {
    Settings settings =
        settings(
            Map.of(
                "waybill.storage.gateways", "http://a:1/x, https://b/",
                "waybill.retry.schedule", "PT0.2S, PT1M"));
    assertThat(settings.storageGateways())
        .containsExactly(URI.create("http://a:1/x"), URI.create("https://b/"));
    assertThat(settings.retrySchedule())
        .containsExactly(Duration.ofMillis(200), Duration.ofMinutes(1));
  }

  @Test
  void saysAllProblemsAtOnceAndWhatToChange() {
    SettingsException problem =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                settings(
                    Map.of(
                        "WAYBILL_HTTP_PROT", "8080",
                        "waybill.http.port", "80a",
                        "waybill.retry.schedule", "5s",
                        "waybill.db.url", "jdbc:mariadb://h/d",
                        "waybill.db.user", "me",
                        "waybill.smtp.url", "http://u:hidden@h")));
    assertThat(problem.problems())
        .containsExactly(
            "WAYBILL_HTTP_PROT is not a setting of Waybill; did you mean WAYBILL_HTTP_PORT?",
            "WAYBILL_HTTP_PORT is \"80a\"; set a whole number from 0 to 65535.",
            "WAYBILL_DB_URL is \"jdbc:mariadb://h/d\"; set jdbc:mysql://host:port/database, for"
                + " MariaDB too.",
            "WAYBILL_RETRY_SCHEDULE is \"5s\"; set ISO-8601 durations separated by commas, such as"
                + " PT5S,PT15S.",
            "WAYBILL_SMTP_URL is \"http://***@h\"; set a URL that begins with smtp:// or"
                + " smtps://.");
  }

  @Test
  void anExternalDatabaseNeedsBothUrlAndUser() {
    assertThat(problems(Map.of("waybill.db.url", "jdbc:mysql://h/d")))
        .containsExactly("WAYBILL_DB_URL is set without WAYBILL_DB_USER; set the user as well.");
    assertThat(problems(Map.of("waybill.db.user", "me"))).hasSize(1);
  }

  @Test
  void aPolledPlatformNeedsAnOrganization() {
    assertThat(problems(Map.of("waybill.feed.url", "http://h:8001")))
        .containsExactly(
            "WAYBILL_FEED_URL is set without WAYBILL_FEED_ORG; set the rmOrgID whose its calls are.");
    assertThat(
            settings(Map.of("waybill.feed.url", "http://h", "waybill.feed.org", "7"))
                .feeds()
                .owner())
        .contains(7);
  }

  @Test
  void anOpenIdProviderHasAClientAndIsReachedSafely() {
    String issuer = "waybill.oidc.issuer";
    assertThat(problems(Map.of(issuer, "https://id.example/realms/noc")))
        .containsExactly(
            "WAYBILL_OIDC_ISSUER is set without WAYBILL_OIDC_CLIENT_ID; set the client as well.");
    assertThat(problems(Map.of("waybill.oidc.client.id", "waybill"))).hasSize(1);
    assertThat(problems(Map.of(issuer, "http://id.example", "waybill.oidc.client.id", "waybill")))
        .containsExactly(
            "WAYBILL_OIDC_ISSUER is \"http://id.example\"; set a URL that begins with https://, or"
                + " with http:// on this machine.");
    assertThat(problems(Map.of("waybill.oidc.roles", "noc=operator,pbx=switch")))
        .singleElement(STRING)
        .contains("noc=operator,waybill-admins=admin");
  }

  @Test
  void rolesOfAnOpenIdProviderAreReadFromTheLastEquals() {
    OidcSettings oidc =
        settings(
                Map.of(
                    "waybill.oidc.issuer", "http://localhost:8081/noc",
                    "waybill.oidc.client.id", "waybill",
                    "waybill.oidc.roles", "cn=noc=operator, /admins=admin"))
            .oidc();
    assertThat(oidc.roles()).isEqualTo(Map.of("cn=noc", "operator", "/admins", "admin"));
    assertThat(oidc.fingerprint()).isNotEqualTo(settings(Map.of()).oidc().fingerprint());
  }

  @Test
  void anEmptyTextCountsAsNotSet() {
    assertThat(settings(Map.of("waybill.db.url", "", "waybill.http.port", " ")).httpPort())
        .isEqualTo(8080);
  }

  @Test
  void showsNoSecret() {
    String shown =
        settings(
                Map.of(
                    "waybill.admin.password", "hidden",
                    "waybill.db.url", "jdbc:mysql://h/d?password=hidden&x=y",
                    "waybill.db.user", "me",
                    "waybill.db.password", "hidden",
                    "waybill.amqp.url", "amqp://u:hidden@h"))
            .toString();
    assertThat(shown)
        .doesNotContain("hidden")
        .contains("WAYBILL_DB_PASSWORD=***", "WAYBILL_DB_USER=me", "WAYBILL_HTTP_PORT=8080");
  }

  @Test
  void showsNoPartOfAPasswordThatShouldHaveBeenEncoded() {
    for (String password : List.of("hid/den", "hid@den", "hid:den@")) {
      assertThat(problems(Map.of("waybill.smtp.url", "smtp://u:" + password + "@h:25")))
          .singleElement(STRING)
          .doesNotContain("hid", "den")
          .contains("smtp://***@h:25");
    }
  }

  @Test
  void consumersOfReportsAreAddressesOrDirectories() {
    for (String url : List.of("http://a/records", "sftp://u:p@a/in", "file:///var/my reports")) {
      assertThat(settings(Map.of("waybill.report.url", url)).reports().url()).isPresent();
    }
    assertThatThrownBy(() -> settings(Map.of("waybill.report.url", "file:out")))
        .hasMessageContaining("WAYBILL_REPORT_URL is \"file:out\"; set a URL that begins with");
    assertThat(settings(Map.of()).reports().knownHosts())
        .isEqualTo(Path.of("./waybill-data/known_hosts"));
  }

  @Test
  void saysWhatElseHttpsNeeds() {
    assertThat(problems(Map.of("waybill.https.port", "8443")))
        .containsExactly(
            "WAYBILL_HTTPS_KEYSTORE is not set, but HTTPS needs it; set it as well.",
            "WAYBILL_HTTPS_KEYSTORE_PASSWORD is not set, but HTTPS needs it; set it as well.");
    assertThat(problems(Map.of("waybill.https.client.ca", "ca.pem"))).hasSize(3);
  }

  @Test
  void readsTheLinksToAvayaSystems() {
    Settings settings =
        settings(
            Map.of(
                "waybill.smdr.port", "9000",
                "waybill.smdr.org", "1001",
                "waybill.smdr.links", "9001/1002/TELESEER, pbx.example:8808/1003/ipoffice,9002/7"));
    assertThat(settings.smdr().links())
        .containsExactly(
            new SmdrLink(null, 9000, 1001, "simple"),
            new SmdrLink(null, 9001, 1002, "teleseer"),
            new SmdrLink("pbx.example", 8808, 1003, "ipoffice"),
            new SmdrLink(null, 9002, 7, "simple"));
    assertThat(settings.smdr().links())
        .extracting(SmdrLink::name)
        .containsExactly("smdr:9000", "smdr:9001", "smdr:pbx.example:8808", "smdr:9002");
    assertThat(settings(Map.of()).smdr().links()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithLinksToAvayaSystems() {
    assertThat(problems(Map.of("waybill.smdr.port", "9000")))
        .containsExactly(
            "WAYBILL_SMDR_PORT is set without WAYBILL_SMDR_ORG; set the rmOrgID of its calls as"
                + " well.");
    assertThat(problems(Map.of("waybill.smdr.layout", "telesear")).get(0))
        .startsWith("WAYBILL_SMDR_LAYOUT is \"telesear\"; set one of simple, teleseer, ");
    assertThat(problems(Map.of("waybill.smdr.layout", "custom")))
        .containsExactly(
            "The layout custom is asked for without WAYBILL_SMDR_CUSTOM; set its columns as"
                + " well.");
    assertThat(problems(Map.of("waybill.smdr.links", "9001/1/simple,9001/2/simple")))
        .containsExactly("smdr:9001 is asked for twice; give each link another port.");
    for (String links : List.of("9001", "pbx:0/1", "70000/1", "1/0", "9001/1/none", "x/1/simple")) {
      assertThat(problems(Map.of("waybill.smdr.links", links)))
          .singleElement(STRING)
          .startsWith("WAYBILL_SMDR_LINKS is \"" + links + "\"; ");
    }
    assertThat(problems(Map.of("waybill.smdr.date.order", "YYMM")))
        .containsExactly("WAYBILL_SMDR_DATE_ORDER is \"YYMM\"; set MMDD or DDMM.");
  }

  @Test
  void readsTheColumnsOfACustomizedLayoutOrSaysWhatIsWrong() {
    assertThat(
            settings(
                    Map.of(
                        "waybill.smdr.custom",
                        "date:6, time:4,sec-dur:5,duration:4,calling-num:15,return:1,rest"))
                .smdr()
                .custom())
        .containsExactly(
            new SmdrColumn("date", 6, "MMDDYY"),
            new SmdrColumn("time", 4, ""),
            new SmdrColumn("sec-dur", 5, "SECONDS"),
            new SmdrColumn("duration", 4, "TENTHS"),
            new SmdrColumn("calling-num", 15, ""),
            new SmdrColumn("return", 1, ""),
            new SmdrColumn("rest", 0, ""));
    for (String columns :
        List.of(
            "time:4",
            "sec-dur:5",
            "time:5,sec-dur:5",
            "time:4,sec-dur:5:TENTHS",
            "date:6:DDMM,time:4,sec-dur:5",
            "date:8:DDMMYY,time:4,sec-dur:5",
            "time:4,sec-dur:5,calling-num",
            "time:4,sec-dur:5,calling-num:0",
            "time:4,sec-dur:5,calling-num:5:TENTHS")) {
      assertThat(problems(Map.of("waybill.smdr.custom", columns)))
          .singleElement(STRING)
          .startsWith("WAYBILL_SMDR_CUSTOM is \"" + columns + "\"; set ");
    }
  }

  @Test
  void saysThatTheSpoolDirectoryMustBeADirectoryToReadAndWrite(@TempDir Path some)
      throws IOException {
    Path file = Files.createFile(some.resolve("file"));
    Path locked = Files.createDirectory(some.resolve("locked"));
    locked.toFile().setWritable(false);
    List<Path> wrong = new ArrayList<>(List.of(some.resolve("missing"), file));
    if (!Files.isWritable(locked)) { // root may write anywhere
      wrong.add(locked);
    }
    for (Path path : wrong) {
      assertThat(problems(Map.of("waybill.spool.dir", path.toString())))
          .containsExactly(
              "WAYBILL_SPOOL_DIR is \"%s\"; set a directory that is there and that Waybill may read and write."
                  .formatted(path));
    }
    assertThat(settings(Map.of("waybill.spool.dir", some.toString())).spoolDir()).contains(some);
  }

  private static List<String> problems(Map<String, String> found) {
    return catchThrowableOfType(SettingsException.class, () -> settings(found)).problems();
  }

  private static Settings settings(Map<String, String> found) {
    return Settings.from(found::get, found.keySet());
  }
}
