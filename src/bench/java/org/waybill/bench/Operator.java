package org.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;

/** Prepares what is measured, straight in the database: the server sees it within a second. */
final class Operator {
  private static final String KEY = "wb_benchmark";
  private static final long UNTIL_SEEN_MILLIS = 2500;

  private final BenchDatabase database;

  Operator(BenchDatabase database) {
    this.database = database;
  }

  /** An organization, and the key of a switch that may send for it. */
  String register(int organization)
      throws SQLException, InterruptedException, NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(US_ASCII));
    database.execute(
        "INSERT INTO organizations (id, name, created_at) VALUES (%d, 'Benchmark', UTC_TIMESTAMP(3))"
            .formatted(organization),
        "INSERT INTO api_keys (name, key_hash, roles, created_at)"
            + " VALUES ('bench', UNHEX('%s'), 'switch', UTC_TIMESTAMP(3))"
                .formatted(HexFormat.of().formatHex(hash)));
    Thread.sleep(UNTIL_SEEN_MILLIS);
    return KEY;
  }

  void pause() throws SQLException, InterruptedException {
    database.execute("UPDATE gateways SET paused = TRUE");
    Thread.sleep(UNTIL_SEEN_MILLIS);
  }

  /** Returns at once, so that what follows is timed from here. */
  void resume() throws SQLException {
    database.execute("UPDATE gateways SET paused = FALSE");
  }
}
