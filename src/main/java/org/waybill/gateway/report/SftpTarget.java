package org.waybill.gateway.report;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.waybill.gateway.Verdict;

/** A directory of another host, {@code sftp://user:password@host:port/directory}. */
final class SftpTarget implements ReportTarget {
  private static final int PORT = 22;

  /** What servers must take in one request (draft-ietf-secsh-filexfer-02, 3). */
  private static final int CHUNK = 32 * 1024;

  private final URI url;
  private final SftpAccess access;
  private final SftpVerdicts verdicts;

  SftpTarget(URI url, SftpAccess access) {
    this.url = url;
    this.access = access;
    this.verdicts = new SftpVerdicts(url.getHost(), port(url), url.getPath(), access);
  }

  @Override
  public Verdict put(String name, byte[] content) {
    if (url.getRawUserInfo() == null) {
      return new Verdict.Misconfigured(
          "The URL of the consumer names no user: sftp://user@host/directory", null, "");
    }
    try (SshClient client = client();
        ClientSession session = session(client);
        SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
      put(sftp, name, content);
      return new Verdict.Delivered(WRITTEN);
    } catch (IOException | IllegalArgumentException e) {
      return verdicts.ofFailure(e);
    }
  }

  private SshClient client() {
    SshClient client = SshClient.setUpDefaultClient();
    // Nothing of the home directory of whoever runs the server: only what the settings say.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(
        access.key() == null
            ? KeyIdentityProvider.EMPTY_KEYS_PROVIDER
            : new FileKeyPairProvider(access.key()));
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, access.knownHosts()));
    CoreModuleProperties.IDLE_TIMEOUT.set(client, access.timeout());
    client.start();
    return client;
  }

  private ClientSession session(SshClient client) throws IOException {
    String info = url.getRawUserInfo();
    int colon = info.indexOf(':');
    String user = decoded(colon < 0 ? info : info.substring(0, colon));
    ClientSession session =
        client.connect(user, url.getHost(), port(url)).verify(access.timeout()).getSession();
    try {
      if (colon >= 0) {
        session.addPasswordIdentity(decoded(info.substring(colon + 1)));
      }
      session.auth().verify(access.timeout());
      return session;
    } catch (IOException | RuntimeException e) {
      session.close(true);
      throw e;
    }
  }

  private void put(SftpClient sftp, String name, byte[] content) throws IOException {
    String part = path(ReportTarget.part(name));
    try {
      write(sftp, part, content);
      rename(sftp, part, path(name), content.length);
    } catch (IOException e) {
      try {
        sftp.remove(part);
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed); // Most likely the host is away, or it was never made.
      }
      throw e;
    }
  }

  private static void write(SftpClient sftp, String part, byte[] content) throws IOException {
    try (CloseableHandle file =
        sftp.open(part, OpenMode.Create, OpenMode.Exclusive, OpenMode.Write)) {
      for (int at = 0; at < content.length; at += CHUNK) {
        sftp.write(file, at, content, at, Math.min(CHUNK, content.length - at));
      }
      OpenSSHFsyncExtension sync = sftp.getExtension(OpenSSHFsyncExtension.class);
      if (sync != null && sync.isSupported()) {
        sync.fsync(file);
      }
    }
  }

  /** Without OpenSSH's extension a rename replaces nothing, and so may find the file there. */
  private static void rename(SftpClient sftp, String part, String whole, int length)
      throws IOException {
    OpenSSHPosixRenameExtension posix = sftp.getExtension(OpenSSHPosixRenameExtension.class);
    if (posix != null && posix.isSupported()) {
      posix.posixRename(part, whole);
      return;
    }
    try {
      sftp.rename(part, whole);
    } catch (IOException e) {
      if (sftp.stat(whole).getSize() != length) {
        throw e;
      }
      sftp.remove(part); // It was renamed before, and the answer was lost.
    }
  }

  private String path(String name) {
    String directory = url.getPath() == null ? "" : url.getPath();
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }

  private static int port(URI url) {
    return url.getPort() < 0 ? PORT : url.getPort();
  }

  // URLDecoder is for forms, where a plus is a space; in userinfo it is itself (RFC 3986).
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
