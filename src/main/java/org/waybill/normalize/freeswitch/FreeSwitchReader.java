package org.waybill.normalize.freeswitch;

import org.waybill.normalize.RawDocument;

/** Reads what a FreeSWITCH wrote. Whatever the bytes are, the answer is a reading. */
final class FreeSwitchReader {
  FreeSwitchReading read(RawDocument raw) {
    throw new UnsupportedOperationException("The next commit reads " + raw);
  }
}
