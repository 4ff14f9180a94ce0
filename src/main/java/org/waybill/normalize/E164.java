package org.waybill.normalize;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A telephone number in the international form of ITU-T E.164, as Google's numbering plans say. */
final class E164 {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final ShortNumberInfo SHORT_NUMBERS = ShortNumberInfo.getInstance();

  /** What people dial; not names, vanity numbers or feature codes. */
  private static final Pattern DIALLED = Pattern.compile("\\s*\\+?[0-9][0-9 ()./-]{2,30}");

  /** Digits below which a number without a prefix may well be an extension. */
  private static final int SHORT = 7;

  private E164() {}

  /**
   * Null when it is no valid number of any country, an extension or a service's short number, or
   * when the country is none.
   *
   * @param country ISO 3166, as whose people dial it
   */
  static @Nullable String of(String number, @Nullable String country) {
    String region = country == null ? "" : country.strip().toUpperCase(Locale.ROOT);
    if (!NUMBERS.getSupportedRegions().contains(region) || !DIALLED.matcher(number).matches()) {
      return null;
    }
    try {
      PhoneNumber parsed = NUMBERS.parse(number, region);
      return NUMBERS.isValidNumber(parsed) && !isShort(number, parsed, region)
          ? NUMBERS.format(parsed, PhoneNumberFormat.E164)
          : null;
    } catch (NumberParseException e) {
      return null;
    }
  }

  /** Some plans, Austria's for one, have subscribers' numbers as short as extensions. */
  private static boolean isShort(String number, PhoneNumber parsed, String region) {
    String digits = PhoneNumberUtil.normalizeDigitsOnly(number);
    PhoneNumber usual = NUMBERS.getExampleNumber(region);
    int usualLength = usual == null ? SHORT : NUMBERS.getNationalSignificantNumber(usual).length();
    return digits.length() < Math.min(SHORT, usualLength)
        || SHORT_NUMBERS.isValidShortNumberForRegion(parsed, region);
  }
}
