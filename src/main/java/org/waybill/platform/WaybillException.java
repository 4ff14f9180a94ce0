package org.waybill.platform;

/** Root of what can go wrong in Waybill itself; each room throws children that name the stage. */
public class WaybillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WaybillException(String message) {
    super(message);
  }

  public WaybillException(String message, Throwable cause) {
    super(message, cause);
  }
}
