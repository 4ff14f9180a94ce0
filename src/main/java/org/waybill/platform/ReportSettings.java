package org.waybill.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What this server was told of CDR reports to consumers. */
public final class ReportSettings {
  private final Settings settings;

  ReportSettings(Settings settings) {
    this.settings = settings;
  }

  /** The consumer that is there at the first start. */
  public Optional<URI> url() {
    return settings.optional(SettingNames.REPORT_URL);
  }

  /** Between two batches to a consumer that are not full. */
  public Duration interval() {
    return settings.required(SettingNames.REPORT_INTERVAL);
  }

  /** How many records a batch has at the most. */
  public int size() {
    return settings.required(SettingNames.REPORT_SIZE);
  }

  /** The private key for consumers that take files by SFTP. */
  public Optional<Path> sftpKey() {
    return settings.optional(SettingNames.REPORT_SFTP_KEY);
  }

  /** The hosts that are trusted to be those consumers, as OpenSSH writes them down. */
  public Path knownHosts() {
    return settings
        .optional(SettingNames.REPORT_KNOWN_HOSTS)
        .orElseGet(() -> settings.dataDir().resolve("known_hosts"));
  }
}
