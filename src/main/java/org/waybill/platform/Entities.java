package org.waybill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JPA work in one JTA transaction: for the small tables that operators manage. When {@link
 * #transact} has returned, its work is committed, so caches can be dropped then.
 */
@ApplicationScoped
public class Entities {
  @PersistenceContext(unitName = "waybill")
  private @Nullable EntityManager manager;

  protected Entities() {}

  /** Runs the work in one transaction; an exception rolls it back. */
  @Transactional(rollbackOn = Exception.class)
  public <T extends @Nullable Object> T transact(Function<EntityManager, T> work) {
    if (manager == null) {
      throw new WaybillException("The persistence unit waybill is not defined on this server.");
    }
    return work.apply(manager);
  }
}
