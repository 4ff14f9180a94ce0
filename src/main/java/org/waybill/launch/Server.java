package org.waybill.launch;

import fish.payara.micro.BootstrapException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.MigrationException;
import org.waybill.platform.Migrations;
import org.waybill.platform.Settings;
import org.waybill.platform.WaybillException;

/** Database, schema, Payara, application: from start to ready, and back to nothing on SIGTERM. */
public final class Server {
  private static final Logger LOG = System.getLogger(Server.class.getName());
  private static final long STOP_MILLIS = 28_000;
  private static final long RESTART_PAUSE_MILLIS = 3_000;

  /** Payara redirects the usual ones into its log. */
  private static final PrintStream OUT = stream(FileDescriptor.out);

  private static final PrintStream ERR = stream(FileDescriptor.err);

  private final Settings settings = Settings.ofProcess();
  private final DataDirectory data = new DataDirectory(settings.dataDir());
  private final Path runtime;
  private @Nullable EmbeddedDatabase embedded;
  private @Nullable Payara payara;
  private volatile boolean stopping;

  private Server(Path runtime) {
    this.runtime = runtime;
  }

  /** Called by {@link Main} in the launcher's own class loader. */
  public static void main(String runtime) {
    Server server = new Server(Path.of(runtime));
    try {
      server.quietLogs();
      Signals.onStop(server::stop);
      server.start();
    } catch (WaybillException e) {
      server.fail(e.getMessage());
    } catch (IOException | RuntimeException | InterruptedException e) {
      server.fail("WB-START-99 Waybill could not start: " + e);
    }
  }

  private void start() throws IOException, InterruptedException {
    int port = Ports.choose(settings.httpPort());
    Https https = Https.of(settings, data.file("tmp")).orElse(null);
    DatabaseAccess access = database();
    CompletableFuture<Void> migrated =
        CompletableFuture.runAsync(() -> prepare(access), this::inThread);
    if (embedded == null) {
      await(migrated);
    }
    Payara server = Payara.boot(runtime, data.file("tmp"), port, access, https);
    payara = server;
    await(migrated);
    server.deploy(runtime.resolve("waybill.war"));
    if (https != null) {
      OUT.println("Waybill speaks HTTPS: " + https);
    }
    OUT.println("Waybill ready: http://localhost:" + port);
  }

  /** From the first line on, as Payara will have it later. */
  private void quietLogs() throws IOException {
    try (InputStream file =
        Files.newInputStream(runtime.resolve("payara-config/logging.properties"))) {
      LogManager.getLogManager().readConfiguration(file);
    }
  }

  private DatabaseAccess database() throws IOException {
    String url = settings.dbUrl().orElse(null);
    if (url != null) {
      return ExternalDatabase.check(url, settings);
    }
    embedded = new EmbeddedDatabase(data, runtime, settings.dbPort());
    return embedded.access();
  }

  private void prepare(DatabaseAccess access) {
    EmbeddedDatabase database = embedded;
    if (database != null) {
      database.start();
      database.onExit(this::restartDatabase);
    }
    try (URLClassLoader migrations = migrations()) {
      Migrations.run(access.dataSource(), migrations);
    } catch (IOException e) {
      throw new StartException("WB-START-13", "The migrations could not be read: " + e, e);
    } catch (MigrationException e) {
      throw new StartException(
          "WB-START-13",
          e.getMessage() + " Restore the schema, or start the version that made it.",
          e);
    }
  }

  /**
   * They are read as files, while Payara boots: a stream from a jar ends when anybody in this JVM
   * closes that jar.
   */
  private URLClassLoader migrations() throws IOException {
    URL[] files = RuntimeFiles.urls(List.of(runtime));
    return new URLClassLoader(files, Server.class.getClassLoader());
  }

  /**
   * Somebody ended the database but not us, or it ended itself, as on a full disk: bring it back,
   * however long that takes; requests are answered 503 meanwhile.
   */
  private void restartDatabase() {
    EmbeddedDatabase database = embedded;
    if (stopping || database == null) {
      return;
    }
    LOG.log(Level.ERROR, "WB-RUN-01 The embedded database ended unexpectedly; starting it again.");
    while (!stopping && !restarts(database)) {
      pause();
    }
  }

  private boolean restarts(EmbeddedDatabase database) {
    try {
      database.start();
      database.onExit(this::restartDatabase);
      return true;
    } catch (StartException e) {
      LOG.log(Level.ERROR, "{0} This is tried again every few seconds.", e.getMessage());
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RESTART_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    Thread requests = new Thread(this::finishRequests, "waybill-finish");
    requests.setDaemon(true);
    requests.start();
    try {
      requests.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exit(0);
  }

  private void finishRequests() {
    Payara server = payara;
    if (server == null) {
      return;
    }
    try {
      server.shutdown();
    } catch (BootstrapException | RuntimeException e) {
      LOG.log(
          Level.WARNING, "Payara did not stop cleanly; the database is stopped all the same.", e);
    }
  }

  private synchronized void fail(@Nullable String line) {
    if (stopping) {
      return;
    }
    stopping = true;
    ERR.println(line);
    exit(1);
  }

  private void exit(int status) {
    EmbeddedDatabase database = embedded;
    if (database != null) {
      database.stop();
    }
    OUT.flush();
    ERR.flush();
    // Not exit(): Payara's shutdown hook would stop once more what is stopped.
    Runtime.getRuntime().halt(status);
  }

  private static void await(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WaybillException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void inThread(Runnable work) {
    new Thread(work, "waybill-database").start();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
