package org.waybill.launch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.waybill.platform.Settings;

/** The database that WAYBILL_DB_URL names. Checked before anything slow is begun. */
final class ExternalDatabase {
  private static final int ACCESS_DENIED = 1045;
  private static final int DATABASE_DENIED = 1044;
  private static final int NO_SUCH_DATABASE = 1049;
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

  /** The oldest that Waybill is tested with. */
  private static final List<Integer> MYSQL = List.of(8, 0, 33);

  private static final List<Integer> MARIADB = List.of(10, 6, 0);

  private ExternalDatabase() {}

  static DatabaseAccess check(String text, Settings settings) {
    DatabaseUrl url = DatabaseUrl.parse(text);
    DatabaseAccess access =
        new DatabaseAccess(
            url.complete(),
            url.schema(),
            settings.dbUser().orElse(""),
            settings.dbPassword().orElse(""));
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT VERSION()")) {
      row.next();
      requireVersion(row.getString(1));
      return access;
    } catch (SQLException e) {
      throw unreachable(url, access, e);
    }
  }

  static void requireVersion(String version) {
    boolean mariadb = version.contains("MariaDB");
    Matcher numbers = NUMBERS.matcher(version);
    List<Integer> oldest = mariadb ? MARIADB : MYSQL;
    if (!numbers.find() || older(numbers, oldest)) {
      throw new StartException(
          "WB-START-08",
          "The database is version %s; Waybill needs MySQL 8.0.33 or newer, or MariaDB 10.6 or newer."
              .formatted(version));
    }
  }

  private static boolean older(Matcher numbers, List<Integer> oldest) {
    for (int i = 0; i < oldest.size(); i++) {
      int difference = Integer.parseInt(numbers.group(i + 1)) - oldest.get(i);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  private static StartException unreachable(
      DatabaseUrl url, DatabaseAccess access, SQLException e) {
    String change =
        switch (e.getErrorCode()) {
          case ACCESS_DENIED, DATABASE_DENIED ->
              "refused user " + access.user() + "; check WAYBILL_DB_USER and WAYBILL_DB_PASSWORD";
          case NO_SUCH_DATABASE -> "does not exist; create it";
          default -> "cannot be reached; start it, or correct WAYBILL_DB_URL";
        };
    return new StartException(
        "WB-START-07", "The database %s %s (%s).".formatted(url.base(), change, firstLine(e)), e);
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
