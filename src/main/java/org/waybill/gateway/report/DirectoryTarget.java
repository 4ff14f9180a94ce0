package org.waybill.gateway.report;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.waybill.gateway.Text;
import org.waybill.gateway.Verdict;

/** A directory of this machine. */
final class DirectoryTarget implements ReportTarget {
  private static final Logger LOG = System.getLogger(DirectoryTarget.class.getName());
  private static final int SHOWN_CHARACTERS = 300;

  private final Path directory;

  DirectoryTarget(URI url) {
    this.directory = Path.of(url.getPath());
  }

  @Override
  public Verdict put(String name, byte[] content) {
    if (!Files.isDirectory(directory)) {
      return misconfigured("Make the directory " + directory + ": it is not there");
    }
    Path part = directory.resolve(ReportTarget.part(name));
    try {
      write(part, content);
      Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
      return new Verdict.Delivered(WRITTEN);
    } catch (AccessDeniedException e) {
      remove(part);
      return misconfigured("Let Waybill write to " + directory + ": it may not");
    } catch (IOException e) {
      remove(part);
      String reason = "The file " + name + " could not be written to " + directory + ": ";
      return misconfigured(reason + said(e));
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  /** Half a file takes room on a disk that may be full. */
  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.log(Level.INFO, "The unfinished file {0} is left over: delete it. ({1})", part, e);
    }
  }

  // The new name is in the directory, which is a file of its own: rename(2), fsync(2).
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String said(IOException e) {
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return Text.line(reason == null ? e.toString() : reason, SHOWN_CHARACTERS);
  }

  private static Verdict misconfigured(String reason) {
    return new Verdict.Misconfigured(reason, null, "");
  }
}
