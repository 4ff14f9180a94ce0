package org.waybill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database answers, soon: a database that hangs may hold the thread that asks it, but
 * not those who want to know.
 */
@ApplicationScoped
class DatabaseReadiness implements ReadinessCheck {
  private static final int PATIENCE_SECONDS = 2;

  private final Database database;
  private @Nullable FutureTask<Optional<String>> asking;

  @Inject
  DatabaseReadiness(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected DatabaseReadiness() {
    this(null);
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Optional<String> obstacle() {
    try {
      return ask().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return Optional.of("The database does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("The database was not waited for.");
    } catch (ExecutionException e) {
      throw new WaybillException("The database could not be asked.", e);
    }
  }

  private synchronized FutureTask<Optional<String>> ask() {
    FutureTask<Optional<String>> underway = asking;
    if (underway == null || underway.isDone()) {
      underway = new FutureTask<>(this::ping);
      asking = underway;
      Thread thread = new Thread(underway, "waybill-ping");
      thread.setDaemon(true);
      thread.start();
    }
    return underway;
  }

  private Optional<String> ping() {
    try {
      boolean answers = database.read("ping", connection -> connection.isValid(PATIENCE_SECONDS));
      return answers ? Optional.empty() : Optional.of("The database does not answer.");
    } catch (DatabaseException e) {
      return Optional.of("The database cannot be reached: " + e.getMessage());
    }
  }
}
