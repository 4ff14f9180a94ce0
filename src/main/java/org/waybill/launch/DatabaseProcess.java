package org.waybill.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The database process by its pid file, which outlives a killed server. A pid may have been given
 * to another program meanwhile, so it counts only when it runs over our own files.
 */
record DatabaseProcess(Path pidFile, Path files) {
  private static final long PATIENCE_SECONDS = 30;

  /** Asks it to stop, which flushes everything, and insists when that takes too long. */
  void end() {
    find().ifPresent(DatabaseProcess::end);
  }

  void onExit(Runnable action) {
    find().ifPresent(process -> watch(process, action));
  }

  private static void watch(ProcessHandle process, Runnable action) {
    Runnable wait =
        () -> {
          process.onExit().join();
          action.run();
        };
    Thread watcher = new Thread(wait, "waybill-database-watch");
    watcher.setDaemon(true);
    watcher.start();
  }

  private Optional<ProcessHandle> find() {
    try {
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      return ProcessHandle.of(pid).filter(this::isOurs);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean isOurs(ProcessHandle process) {
    return process.isAlive()
        && process
            .info()
            .commandLine()
            .filter(line -> line.contains("mariadbd") && line.contains("--datadir=" + files))
            .isPresent();
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
