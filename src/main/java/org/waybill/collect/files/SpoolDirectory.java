package org.waybill.collect.files;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.ParkedFiles;

/**
 * The directory in which a switch parks files, with those below it that {@code rotate} makes. A
 * FreeSWITCH writes a file under its last name from the start, so a file is complete only when it
 * has not changed for a while: two looks, if it also ends as a document does, or else {@link #OLD}.
 */
final class SpoolDirectory {
  private static final Logger LOG = System.getLogger(SpoolDirectory.class.getName());
  static final Duration OLD = Duration.ofSeconds(10);

  /** Between two looks at a file that say that it no longer changes. */
  static final Duration STILL = Duration.ofSeconds(1);

  /** More young files than this are not remembered: they grow old. */
  private static final int MAX_YOUNG = 20_000;

  private final Path root;
  private final Clock clock;
  private Map<Path, Seen> young = new HashMap<>();

  SpoolDirectory(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /** A file not known to be complete, and since when it has been as it is. */
  private record Seen(ParkedFile file, Instant since) {}

  /**
   * @param most how many complete files are wanted
   */
  Look look(int most) throws IOException {
    // Not the path as it was set, which a walk would take for a file where it is a link.
    Path top = root.toRealPath();
    Walk walk = new Walk(top, most, clock.instant());
    Files.walkFileTree(top, walk);
    young = walk.stillYoung;
    return new Look(walk.ready, walk.waiting, walk.oldest);
  }

  /** Whether a file is still what was seen. */
  static boolean isUnchanged(ParkedFile file) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return ParkedFile.of(file.path(), now).equals(file);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Moves a file out of the way. One that has changed or gone stays: another node has moved it, or
   * the switch has written another one of the same name.
   *
   * @param place one of {@link ParkedFiles}'
   */
  static void move(ParkedFile file, String place) throws IOException {
    if (isUnchanged(file)) {
      try {
        ParkedFiles.move(file.path(), place);
      } catch (NoSuchFileException e) {
        LOG.log(Level.DEBUG, "Another node has moved it.", e);
      }
    }
  }

  private final class Walk extends SimpleFileVisitor<Path> {
    private final Path top;
    private final int most;
    private final Instant now;
    private final List<ParkedFile> ready = new ArrayList<>();
    private final Map<Path, Seen> stillYoung = new HashMap<>();
    private int waiting;
    private @Nullable Instant oldest;

    Walk(Path top, int most, Instant now) {
      this.top = top;
      this.most = most;
      this.now = now;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(top) || ParkedFiles.isCollected(directory)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && isDocument(path.getFileName().toString())) {
        visit(ParkedFile.of(path, attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    /** Gone while the walk was under way, or not ours to read: then the next look may do. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (path.equals(top)) {
        throw e;
      }
      return FileVisitResult.CONTINUE;
    }

    private void visit(ParkedFile file) throws IOException {
      waiting++;
      if (oldest == null || file.modified().isBefore(oldest)) {
        oldest = file.modified();
      }
      if (ready.size() < most && isComplete(file)) {
        ready.add(file);
      }
    }

    /** By the file's own time, or, where its clock is another, by ours since it was first seen. */
    private boolean isComplete(ParkedFile file) throws IOException {
      if (file.modified().isBefore(now.minus(OLD))) {
        return true;
      }
      Seen before = young.get(file.path());
      boolean same = before != null && before.file().equals(file);
      Instant since = same && before != null ? before.since() : now;
      if (!since.isAfter(now.minus(OLD))
          || (!since.isAfter(now.minus(STILL)) && endIsReached(file))) {
        return true;
      }
      if (stillYoung.size() < MAX_YOUNG) {
        stillYoung.put(file.path(), new Seen(file, since));
      }
      return false;
    }
  }

  private static boolean endIsReached(ParkedFile file) throws IOException {
    try {
      return FileEnd.isReached(file);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isDocument(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && (lower.endsWith(".xml") || lower.endsWith(".json"));
  }
}
