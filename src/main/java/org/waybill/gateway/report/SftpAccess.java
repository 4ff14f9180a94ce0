package org.waybill.gateway.report;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What hosts that take files by SFTP are reached with.
 *
 * @param key file of the private key, where one is used
 * @param knownHosts file of the hosts that are trusted, as OpenSSH writes it
 * @param timeout to reach a host and to log in; and for how long it may be silent
 */
public record SftpAccess(@Nullable Path key, Path knownHosts, Duration timeout) {}
