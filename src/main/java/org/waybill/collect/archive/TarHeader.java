package org.waybill.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The block before each file of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format"; GNU
 * tar writes large numbers in base 256).
 *
 * @param type of the file, as a letter
 */
record TarHeader(String name, long size, char type) {
  static final int LENGTH = 512;
  private static final int SUM_AT = 148;
  private static final int SUM_END = 156;
  private static final int BASE_256 = 0x80;

  /** Whether its checksum is right, which no text's is. */
  static boolean isOne(byte[] block) {
    if (block.length < LENGTH) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      sum += i >= SUM_AT && i < SUM_END ? ' ' : block[i] & 0xFF;
    }
    try {
      return number(block, SUM_AT, SUM_END) == sum;
    } catch (CorruptUpload e) {
      return false;
    }
  }

  static TarHeader of(byte[] block) throws CorruptUpload {
    if (!isOne(block)) {
      throw new CorruptUpload("The tar archive has a header whose checksum is wrong");
    }
    boolean ustar = text(block, 257, 262).equals("ustar");
    // GNU's own format, "ustar  ", has times where the POSIX one has the prefix.
    String prefix = ustar && block[262] == 0 ? text(block, 345, 500) : "";
    String name = text(block, 0, 100);
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        number(block, 124, 136),
        (char) (block[156] & 0xFF));
  }

  boolean isFile() {
    return type == '0' || type == '\0' || type == '7';
  }

  private static String text(byte[] block, int from, int end) {
    int length = from;
    while (length < end && block[length] != 0) {
      length++;
    }
    return new String(block, from, length - from, UTF_8);
  }

  private static long number(byte[] block, int from, int end) throws CorruptUpload {
    try {
      long number;
      if ((block[from] & BASE_256) == 0) {
        String digits = text(block, from, end).strip();
        number = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
      } else {
        byte[] bytes = Arrays.copyOfRange(block, from, end);
        bytes[0] &= (byte) ~BASE_256;
        number = new BigInteger(bytes).longValueExact();
      }
      if (number >= 0) {
        return number;
      }
      throw new CorruptUpload("The tar archive has a header with a number below zero");
    } catch (ArithmeticException | NumberFormatException e) {
      throw new CorruptUpload("The tar archive has a header with an unreadable number", e);
    }
  }
}
