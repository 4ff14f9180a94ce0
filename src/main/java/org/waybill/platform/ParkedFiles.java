package org.waybill.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the files are named in which a switch leaves what it could not send, and where they go once
 * they are collected: the same wherever and by whomever that is done.
 */
public final class ParkedFiles {
  /** As mod_xml_cdr.c names them: {@code a_<uuid>.cdr.xml}. */
  private static final Pattern NAME =
      Pattern.compile("((?:a_)?\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?:\\..*)?");

  /** Directories beside the files, whose own files nobody collects. */
  public static final String DONE = "done";

  public static final String REJECTED = "rejected";

  private static final Set<String> SETTLED = Set.of(DONE, REJECTED);

  private ParkedFiles() {}

  /**
   * The uuid with its {@code a_}, just as the switch would have said it in the address.
   *
   * @param path with or without directories
   */
  public static @Nullable String urlUuid(String path) {
    Matcher matcher = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
    return matcher.matches() ? matcher.group(1) : null;
  }

  /** Whether a directory below the one that is collected from holds files to collect. */
  public static boolean isCollected(Path directory) {
    String name = String.valueOf(directory.getFileName());
    return !SETTLED.contains(name) && !name.startsWith(".");
  }

  /**
   * Moves a file into a directory beside it, at once or not at all, and over no other file.
   *
   * @throws java.nio.file.NoSuchFileException when it has gone
   */
  public static void move(Path file, String beside) throws IOException {
    Path directory = file.resolveSibling(beside);
    Files.createDirectories(directory);
    String name = String.valueOf(file.getFileName());
    Path free = directory.resolve(name);
    for (int i = 2; Files.exists(free); i++) {
      free = directory.resolve(name + "." + i);
    }
    Files.move(file, free, StandardCopyOption.ATOMIC_MOVE);
  }
}
