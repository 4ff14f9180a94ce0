package org.waybill.platform;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema up to date before anything else of the application starts. The launcher has
 * done it already; on a server of the operator's own this is where it happens. Nodes that start
 * together wait for each other.
 */
@ApplicationScoped
public class Migrations {
  /** Before every other observer of the start: they find the schema as they know it. */
  public static final int FIRST = 1;

  @Resource(lookup = "jdbc/waybill")
  private @Nullable DataSource dataSource;

  protected Migrations() {}

  void atStart(@Observes @Priority(FIRST) @Initialized(ApplicationScoped.class) Object start) {
    if (dataSource == null) {
      throw new MigrationException("The data source jdbc/waybill is not defined on this server.");
    }
    run(dataSource, Migrations.class.getClassLoader());
  }

  /** Applies what is missing, and refuses a schema that was changed by other hands. */
  public static void run(DataSource dataSource, ClassLoader migrations) {
    try {
      Flyway.configure(migrations)
          .dataSource(dataSource)
          .locations("classpath:db-migrations")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new MigrationException(
          "The database could not be migrated: " + String.valueOf(e.getMessage()).strip(), e);
    }
  }
}
