package org.waybill.importer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.waybill.platform.ParkedFiles;

/** Sends the files of a directory over several connections. */
final class Import {
  private final ImportPlan plan;
  private final FileSender sender;
  private final PrintStream err;
  private volatile boolean hopeless;

  Import(ImportPlan plan, PrintStream err) {
    this.plan = plan;
    this.sender = new FileSender(plan);
    this.err = err;
  }

  Tally run() throws IOException, InterruptedException {
    List<Path> files = files();
    Tally tally = new Tally(files.size());
    Queue<Path> queue = new ConcurrentLinkedQueue<>(files);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(plan.connections(), files.size()); i++) {
      Thread thread = new Thread(() -> sendAll(queue, tally), "import-" + i);
      thread.start();
      threads.add(thread);
    }
    ProgressBar bar = new ProgressBar(tally, err);
    for (Thread thread : threads) {
      bar.showUntil(thread);
    }
    bar.end();
    tally.failures().forEach(err::println);
    return tally;
  }

  private void sendAll(Queue<Path> queue, Tally tally) {
    try {
      for (Path file = queue.poll(); file != null && !hopeless; file = queue.poll()) {
        Sending sending = sender.send(file);
        tally.count(file, sending);
        if (sending instanceof Sending.Failed failed) {
          hopeless |= failed.hopeless();
        } else if (plan.move()) {
          move(file, sending);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void move(Path file, Sending sending) {
    try {
      boolean rejected = sending instanceof Sending.Rejected;
      ParkedFiles.move(file, rejected ? ParkedFiles.REJECTED : ParkedFiles.DONE);
    } catch (IOException e) {
      err.println(file + " is settled but cannot be moved: " + e);
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Path top = plan.directory().toRealPath();
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes its) {
            return directory.equals(top) || ParkedFiles.isCollected(directory)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes its) {
            if (its.isRegularFile() && !String.valueOf(file.getFileName()).startsWith(".")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
