package org.waybill.platform;

import java.sql.SQLException;

/** The database could not be reached or refused a statement. */
public class DatabaseException extends WaybillException {
  private static final long serialVersionUID = 1L;

  public DatabaseException(String stage, SQLException cause) {
    super(stage + ": " + cause.getMessage(), cause);
  }
}
