package org.waybill.amend;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Asked in the transaction that writes, so that one who was slow does not put back what another has
 * changed since.
 */
@FunctionalInterface
public interface Fence {
  Fence NONE = connection -> true;

  /** Whether what is about to be written is still the newest; it locks what says so. */
  boolean holds(Connection connection) throws SQLException;
}
