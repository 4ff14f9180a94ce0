package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Set;
import org.waybill.platform.Database;
import org.waybill.platform.Settings;
import org.waybill.platform.WaybillException;

/**
 * Makes the user {@code admin} at the first start of an installation, once: whoever writes the row
 * of {@code first_start} is first, and the others wait for that transaction. No default password
 * exists; a generated one goes to a file that only the server's user can read.
 */
@ApplicationScoped
public class FirstAdmin {
  private static final Logger LOG = System.getLogger(FirstAdmin.class.getName());
  private static final String NAME = "admin";
  private static final int PASSWORD_BYTES = 18;

  private final Database database;
  private final Passwords passwords;
  private final Settings settings;

  @Inject
  public FirstAdmin(Database database, Passwords passwords, Settings settings) {
    this.database = database;
    this.passwords = passwords;
    this.settings = settings;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected FirstAdmin() {
    this(null, null, null);
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object start) {
    make();
  }

  /** True when it was made now. */
  boolean make() {
    return database.transact(
        "make the first user",
        connection -> {
          if (!isFirstStart(connection)) {
            return false;
          }
          // Before the commit: a password that could not be written must not be in force.
          String password = settings.adminPassword().orElseGet(this::generated);
          insert(connection, passwords.hash(password));
          return true;
        });
  }

  private static boolean isFirstStart(Connection connection) throws SQLException {
    String sql = "INSERT IGNORE INTO first_start (what, at) VALUES ('admin', UTC_TIMESTAMP(3))";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      return insert.executeUpdate() == 1;
    }
  }

  private static void insert(Connection connection, String hash) throws SQLException {
    String sql = "INSERT INTO users (name, password_hash, roles) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, NAME);
      insert.setString(2, hash);
      insert.setString(3, Role.ADMIN);
      insert.executeUpdate();
    }
    Audit.record(
        connection, new Audit.Entry("waybill", "user.add", "user " + NAME, "first start", null));
  }

  private String generated() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Path file = settings.dataDir().resolve("admin-password");
    try {
      write(file, password);
    } catch (IOException e) {
      throw new WaybillException(
          "WB-ACCESS-02 The password of the first user could not be written to "
              + file
              + ". Make its directory writable, or set WAYBILL_ADMIN_PASSWORD.",
          e);
    }
    LOG.log(Level.INFO, "The password of user admin is in {0}.", file.toAbsolutePath());
    return password;
  }

  /** Private from its first byte on, and never half there. */
  private static void write(Path file, String password) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    var onlyOurs =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (WritableByteChannel channel =
        Files.newByteChannel(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOurs)) {
      Channels.newOutputStream(channel).write((password + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
