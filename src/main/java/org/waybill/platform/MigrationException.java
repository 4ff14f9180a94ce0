package org.waybill.platform;

/** The schema could not be brought up to date. */
public class MigrationException extends WaybillException {
  private static final long serialVersionUID = 1L;

  MigrationException(String message) {
    super(message);
  }

  MigrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
