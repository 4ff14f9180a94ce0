package org.waybill.platform;

import static org.waybill.platform.SettingParsers.url;
import static org.waybill.platform.SettingParsers.wholeNumber;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every setting of the public contract with its default, in the order of the documentation. */
final class SettingNames {
  static final Setting<Integer> HTTP_PORT =
      Setting.of("WAYBILL_HTTP_PORT", "8080", wholeNumber(0, 65_535));
  static final Setting<Integer> HTTPS_PORT =
      Setting.of("WAYBILL_HTTPS_PORT", null, wholeNumber(0, 65_535));
  static final Setting<Path> HTTPS_KEYSTORE = Setting.of("WAYBILL_HTTPS_KEYSTORE", null, Path::of);
  static final Setting<String> HTTPS_KEYSTORE_PASSWORD =
      Setting.secret("WAYBILL_HTTPS_KEYSTORE_PASSWORD");
  static final Setting<Path> HTTPS_CLIENT_CA =
      Setting.of("WAYBILL_HTTPS_CLIENT_CA", null, Path::of);
  static final Setting<Path> DATA_DIR = Setting.of("WAYBILL_DATA_DIR", "./waybill-data", Path::of);
  static final Setting<String> DB_URL =
      Setting.of("WAYBILL_DB_URL", null, SettingParsers::databaseUrl);
  static final Setting<String> DB_USER = Setting.of("WAYBILL_DB_USER", null, text -> text);
  static final Setting<String> DB_PASSWORD = Setting.secret("WAYBILL_DB_PASSWORD");
  static final Setting<Integer> DB_PORT =
      Setting.of("WAYBILL_DB_PORT", "0", wholeNumber(0, 65_535));
  static final Setting<String> ADMIN_PASSWORD = Setting.secret("WAYBILL_ADMIN_PASSWORD");
  static final Setting<URI> OIDC_ISSUER =
      Setting.of("WAYBILL_OIDC_ISSUER", null, OidcSettings::parseIssuer);
  static final Setting<String> OIDC_CLIENT_ID =
      Setting.of("WAYBILL_OIDC_CLIENT_ID", null, text -> text);
  static final Setting<String> OIDC_CLIENT_SECRET = Setting.secret("WAYBILL_OIDC_CLIENT_SECRET");
  static final Setting<String> OIDC_NAME =
      Setting.of("WAYBILL_OIDC_NAME", "OpenID Connect", text -> text);
  static final Setting<String> OIDC_SCOPES =
      Setting.of("WAYBILL_OIDC_SCOPES", "openid profile email", text -> text);
  static final Setting<String> OIDC_ROLES_CLAIM =
      Setting.of("WAYBILL_OIDC_ROLES_CLAIM", "roles", text -> text);
  static final Setting<Map<String, String>> OIDC_ROLES =
      Setting.of(
          "WAYBILL_OIDC_ROLES",
          "reader=reader,operator=operator,admin=admin",
          OidcSettings::parseRoles);
  static final Setting<URI> OIDC_REDIRECT_URL =
      Setting.of("WAYBILL_OIDC_REDIRECT_URL", null, url("https", "http"));
  static final Setting<List<URI>> STORAGE_GATEWAYS =
      Setting.of("WAYBILL_STORAGE_GATEWAYS", null, SettingParsers::gateways);
  static final Setting<List<URI>> ANALYTICS_GATEWAYS =
      Setting.of("WAYBILL_ANALYTICS_GATEWAYS", null, SettingParsers::gateways);
  static final Setting<List<Duration>> RETRY_SCHEDULE =
      Setting.of(
          "WAYBILL_RETRY_SCHEDULE",
          "PT5S,PT15S,PT45S,PT2M,PT5M,PT15M,PT30M,PT1H,PT2H,PT4H,PT6H,PT8H,PT12H,PT12H,PT24H",
          SettingParsers::durations);
  static final Setting<Duration> GATEWAY_CONNECT_TIMEOUT =
      duration("WAYBILL_GATEWAY_CONNECT_TIMEOUT", "PT2S");
  static final Setting<Duration> GATEWAY_TIMEOUT = duration("WAYBILL_GATEWAY_TIMEOUT", "PT15S");
  static final Setting<Integer> MAX_DOCUMENT_BYTES =
      Setting.of("WAYBILL_MAX_DOCUMENT_BYTES", "10485760", wholeNumber(1, 1_000_000_000));
  static final Setting<Integer> RETENTION_DAYS =
      Setting.of("WAYBILL_RETENTION_DAYS", "400", wholeNumber(1, 36_500));
  static final Setting<Path> SPOOL_DIR =
      Setting.of("WAYBILL_SPOOL_DIR", null, SettingParsers::directory);
  static final Setting<Integer> SPOOL_ORG = organization("WAYBILL_SPOOL_ORG");
  static final Setting<Duration> SWITCH_SILENCE = duration("WAYBILL_SWITCH_SILENCE", "PT15M");
  static final Setting<Integer> SWITCH_MISSED =
      Setting.of("WAYBILL_SWITCH_MISSED", "10", wholeNumber(1, 1_000_000));
  static final Setting<Integer> SMDR_PORT =
      Setting.of("WAYBILL_SMDR_PORT", null, wholeNumber(0, 65_535));
  static final Setting<Integer> SMDR_ORG = organization("WAYBILL_SMDR_ORG");
  static final Setting<String> SMDR_LAYOUT =
      Setting.of("WAYBILL_SMDR_LAYOUT", "simple", SmdrSettings::parseLayout);
  static final Setting<List<SmdrLink>> SMDR_LINKS =
      Setting.of("WAYBILL_SMDR_LINKS", null, SmdrLink::list);
  static final Setting<List<SmdrColumn>> SMDR_CUSTOM =
      Setting.of("WAYBILL_SMDR_CUSTOM", null, SmdrColumn::list);
  static final Setting<Boolean> SMDR_DATE_ORDER =
      Setting.of("WAYBILL_SMDR_DATE_ORDER", "MMDD", SmdrSettings::parseDateOrder);
  static final Setting<Duration> SMDR_IDLE_TIMEOUT = duration("WAYBILL_SMDR_IDLE_TIMEOUT", null);
  static final Setting<URI> AMQP_URL = Setting.of("WAYBILL_AMQP_URL", null, url("amqp", "amqps"));
  static final Setting<String> AMQP_EXCHANGE =
      Setting.of("WAYBILL_AMQP_EXCHANGE", "sentiric_events", text -> text);
  static final Setting<String> AMQP_QUEUE =
      Setting.of("WAYBILL_AMQP_QUEUE", "waybill.events", t -> t);
  static final Setting<Integer> AMQP_ORG = organization("WAYBILL_AMQP_ORG");
  static final Setting<URI> FEED_URL = Setting.of("WAYBILL_FEED_URL", null, url("http", "https"));
  static final Setting<Integer> FEED_ORG = organization("WAYBILL_FEED_ORG");
  static final Setting<Duration> FEED_INTERVAL = duration("WAYBILL_FEED_INTERVAL", "PT3S");
  static final Setting<Duration> FEED_TIMEOUT = duration("WAYBILL_FEED_TIMEOUT", "PT10S");
  static final Setting<Integer> FEED_LIMIT =
      Setting.of("WAYBILL_FEED_LIMIT", "500", wholeNumber(1, 10_000));
  static final Setting<Integer> FEED_OVERLAP =
      Setting.of("WAYBILL_FEED_OVERLAP", "500", wholeNumber(1, 1_000_000));
  static final Setting<URI> REPORT_URL =
      Setting.of("WAYBILL_REPORT_URL", null, SettingParsers::consumer);
  static final Setting<Duration> REPORT_INTERVAL = duration("WAYBILL_REPORT_INTERVAL", "PT5S");
  static final Setting<Integer> REPORT_SIZE =
      Setting.of("WAYBILL_REPORT_SIZE", "1000", wholeNumber(1, 10_000));
  static final Setting<Path> REPORT_SFTP_KEY =
      Setting.of("WAYBILL_REPORT_SFTP_KEY", null, SettingParsers::file);
  static final Setting<Path> REPORT_KNOWN_HOSTS =
      Setting.of("WAYBILL_REPORT_KNOWN_HOSTS", null, Path::of);
  static final Setting<Duration> CALL_GRACE = duration("WAYBILL_CALL_GRACE", "PT5S");
  static final Setting<Duration> CALL_MAX_AGE = duration("WAYBILL_CALL_MAX_AGE", "PT4H");
  static final Setting<URI> SMTP_URL = Setting.of("WAYBILL_SMTP_URL", null, url("smtp", "smtps"));
  static final Setting<String> MAIL_FROM = Setting.of("WAYBILL_MAIL_FROM", null, text -> text);

  static final List<Setting<?>> ALL =
      List.of(
          HTTP_PORT,
          HTTPS_PORT,
          HTTPS_KEYSTORE,
          HTTPS_KEYSTORE_PASSWORD,
          HTTPS_CLIENT_CA,
          DATA_DIR,
          DB_URL,
          DB_USER,
          DB_PASSWORD,
          DB_PORT,
          ADMIN_PASSWORD,
          OIDC_ISSUER,
          OIDC_CLIENT_ID,
          OIDC_CLIENT_SECRET,
          OIDC_NAME,
          OIDC_SCOPES,
          OIDC_ROLES_CLAIM,
          OIDC_ROLES,
          OIDC_REDIRECT_URL,
          STORAGE_GATEWAYS,
          ANALYTICS_GATEWAYS,
          RETRY_SCHEDULE,
          GATEWAY_CONNECT_TIMEOUT,
          GATEWAY_TIMEOUT,
          MAX_DOCUMENT_BYTES,
          RETENTION_DAYS,
          SPOOL_DIR,
          SPOOL_ORG,
          SWITCH_SILENCE,
          SWITCH_MISSED,
          SMDR_PORT,
          SMDR_ORG,
          SMDR_LAYOUT,
          SMDR_LINKS,
          SMDR_CUSTOM,
          SMDR_DATE_ORDER,
          SMDR_IDLE_TIMEOUT,
          AMQP_URL,
          AMQP_EXCHANGE,
          AMQP_QUEUE,
          AMQP_ORG,
          FEED_URL,
          FEED_ORG,
          FEED_INTERVAL,
          FEED_TIMEOUT,
          FEED_LIMIT,
          FEED_OVERLAP,
          REPORT_URL,
          REPORT_INTERVAL,
          REPORT_SIZE,
          REPORT_SFTP_KEY,
          REPORT_KNOWN_HOSTS,
          CALL_GRACE,
          CALL_MAX_AGE,
          SMTP_URL,
          MAIL_FROM);

  /** More wrong letters than this and a suggestion would only confuse. */
  private static final int CLOSE = 6;

  private SettingNames() {}

  /** WAYBILL_HTTP_PORT, however the source spelt it. */
  static String canonical(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static boolean isKnown(String name) {
    return ALL.stream().anyMatch(setting -> setting.name().equals(name));
  }

  static Optional<String> nearest(String name) {
    return ALL.stream()
        .map(Setting::name)
        .min(Comparator.comparingInt(known -> distance(name, known)))
        .filter(known -> distance(name, known) <= CLOSE);
  }

  private static Setting<Integer> organization(String name) {
    return Setting.of(name, null, wholeNumber(1, Integer.MAX_VALUE));
  }

  private static Setting<Duration> duration(String name, @Nullable String byDefault) {
    return Setting.of(name, byDefault, SettingParsers::duration);
  }

  /** Levenshtein's: how many letters to add, drop or change. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
