package org.waybill.access;

import jakarta.persistence.PersistenceException;
import java.sql.SQLIntegrityConstraintViolationException;
import org.waybill.platform.WaybillException;

/** A change was refused because another row already has a name that is nobody else's. */
public class AlreadyThere extends WaybillException {
  private static final long serialVersionUID = 1L;

  AlreadyThere(String message) {
    super(message);
  }

  /** That, where a unique key was the cause; else the exception itself goes on. */
  static AlreadyThere where(PersistenceException thrown, String message) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLIntegrityConstraintViolationException) {
        return new AlreadyThere(message);
      }
    }
    throw thrown;
  }
}
