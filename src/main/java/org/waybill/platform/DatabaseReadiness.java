package org.waybill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Whether the database answers. */
@ApplicationScoped
class DatabaseReadiness implements ReadinessCheck {
  private static final int PATIENCE_SECONDS = 2;

  private final Database database;

  @Inject
  DatabaseReadiness(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Optional<String> obstacle() {
    try {
      boolean answers = database.read("ping", connection -> connection.isValid(PATIENCE_SECONDS));
      return answers ? Optional.empty() : Optional.of("The database does not answer.");
    } catch (DatabaseException e) {
      return Optional.of("The database cannot be reached: " + e.getMessage());
    }
  }
}
