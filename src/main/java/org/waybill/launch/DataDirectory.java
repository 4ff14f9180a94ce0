package org.waybill.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** WAYBILL_DATA_DIR: what lies where in it. One server at a time holds its lock. */
final class DataDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** Held until the process ends, however it ends. */
  private static @Nullable FileLock lock;

  private final Path root;

  DataDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  static DataDirectory lock(Path path) {
    DataDirectory data = new DataDirectory(path);
    try {
      Files.createDirectories(data.root);
      lock =
          FileChannel.open(
                  data.root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
              .tryLock();
    } catch (IOException e) {
      throw new StartException(
          "WB-START-02",
          "The data directory %s cannot be used (%s); set WAYBILL_DATA_DIR to one that can be written."
              .formatted(data.root, e),
          e);
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new StartException(
          "WB-START-03",
          "Another Waybill runs on the data directory %s; stop it, or set WAYBILL_DATA_DIR to another one."
              .formatted(data.root));
    }
    return data;
  }

  Path runtime() {
    return root.resolve("runtime");
  }

  /** The embedded database's files. */
  Path database() {
    return root.resolve("database");
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** Emptied, since a killed server leaves its temporary files. */
  Path emptyTemporary() {
    Path temporary = root.resolve("tmp");
    delete(temporary);
    try {
      return Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new StartException("WB-START-02", "Could not create " + temporary + ": " + e, e);
    }
  }

  /** The database's generated password, the same at every start. */
  String databasePassword() throws IOException {
    Path file = file("database-password");
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    writeSecret(file, password + "\n");
    return password;
  }

  /** A file that only the owner may read from its first byte on, and that is whole or absent. */
  static void writeSecret(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a directory of ours with all that is in it. */
  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new StartException("WB-START-02", "Could not delete " + directory + ": " + e, e);
    }
  }
}
