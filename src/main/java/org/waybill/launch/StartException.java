package org.waybill.launch;

import org.waybill.platform.WaybillException;

/** The server cannot start; the message is the one line that says what to change. */
class StartException extends WaybillException {
  private static final long serialVersionUID = 1L;

  StartException(String code, String sentence) {
    super(code + " " + sentence);
  }

  StartException(String code, String sentence, Throwable cause) {
    super(code + " " + sentence, cause);
  }
}
