package org.waybill.testing;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Entities;

/** The server's persistence unit over a test database, with transactions of its own. */
public final class TestEntities extends Entities {
  private final EntityManagerFactory factory;

  public TestEntities(TestDatabase database) {
    this(database.dataSource(), database.url());
  }

  /** Over any database; the name is of this one alone. */
  public TestEntities(DataSource dataSource, String name) {
    factory =
        Persistence.createEntityManagerFactory(
            "waybill",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", dataSource,
                "eclipselink.session-name", name));
  }

  @Override
  public <T extends @Nullable Object> T transact(Function<EntityManager, T> work) {
    EntityManager manager = factory.createEntityManager();
    manager.getTransaction().begin();
    try {
      T result = work.apply(manager);
      manager.getTransaction().commit();
      return result;
    } finally {
      if (manager.getTransaction().isActive()) {
        manager.getTransaction().rollback();
      }
      manager.close();
    }
  }
}
