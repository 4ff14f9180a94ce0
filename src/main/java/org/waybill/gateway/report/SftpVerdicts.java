package org.waybill.gateway.report;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.Text;
import org.waybill.gateway.Verdict;

/** Judges why a file could not be put on another host. */
final class SftpVerdicts {
  private static final int SHOWN_CHARACTERS = 300;

  private final String host;
  private final int port;
  private final String directory;
  private final SftpAccess access;

  SftpVerdicts(String host, int port, String directory, SftpAccess access) {
    this.host = host;
    this.port = port;
    this.directory = directory;
    this.access = access;
  }

  Verdict ofFailure(Exception failure) {
    String remedy = remedy(failure);
    String reason = "The file could not be put on " + host + ":" + port + ": " + said(failure);
    return new Verdict.Misconfigured(remedy == null ? reason : remedy, null, "");
  }

  /** What an operator must do before it can work; null when it may work by itself. */
  private @Nullable String remedy(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String remedy = null;
      if (cause instanceof SftpException refusal) {
        remedy = ofStatus(refusal.getStatus());
      } else if (cause instanceof SshException disconnect) {
        remedy = ofDisconnect(disconnect.getDisconnectCode());
      }
      if (remedy != null) {
        return remedy;
      }
    }
    return null;
  }

  private @Nullable String ofDisconnect(int code) {
    return switch (code) {
      case SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE ->
          "The key of %s:%d is not the one in %s, or not in it: make sure of it, then write it there"
                  .formatted(host, port, access.knownHosts())
              + " (ssh-keyscan -p "
              + port
              + " -t rsa,ecdsa "
              + host
              + ")";
      case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE ->
          "%s:%d lets Waybill not log in: correct the user, the password in the URL or the key %s"
              .formatted(host, port, access.key() == null ? "(none is set)" : access.key());
      default -> null;
    };
  }

  private @Nullable String ofStatus(int status) {
    return switch (status) {
      case SftpConstants.SSH_FX_NO_SUCH_FILE,
          SftpConstants.SSH_FX_NO_SUCH_PATH,
          SftpConstants.SSH_FX_NOT_A_DIRECTORY ->
          "Make the directory " + directory + " on " + host + ": it is not there";
      case SftpConstants.SSH_FX_PERMISSION_DENIED, SftpConstants.SSH_FX_WRITE_PROTECT ->
          "Let Waybill write to " + directory + " on " + host + ": it may not";
      default -> null;
    };
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return Text.line(message == null ? failure.toString() : message, SHOWN_CHARACTERS);
  }
}
