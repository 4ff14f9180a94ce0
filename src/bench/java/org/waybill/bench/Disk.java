package org.waybill.bench;

import java.sql.SQLException;
import java.util.List;

/** What CDRs take on disk: whole pages of data and indexes, as InnoDB counts them. */
final class Disk {
  private static final List<String> PACKED =
      List.of("normalized_cdrs", "raw_cdrs", "cdr_keys", "tasks", "tasks_data");

  private static final List<String> DOCUMENTS = List.of("normalized_cdrs", "raw_cdrs");

  /** A few thousand tell as much as all, and unpacked they are large. */
  private static final int UNPACKED = 5_000;

  private final BenchDatabase database;
  private long empty;
  private long emptyDocuments;

  Disk(BenchDatabase database) {
    this.database = database;
  }

  /** Forgets all CDRs, with what waits to be sent of them. */
  void empty() throws SQLException {
    for (String table : PACKED) {
      database.execute("TRUNCATE TABLE " + table);
    }
    database.execute("TRUNCATE TABLE deliveries");
    empty = bytes(PACKED);
    emptyDocuments = bytes(DOCUMENTS);
  }

  /** Bytes of a CDR with its raw document, keys and tasks. */
  double ofEach() throws SQLException {
    return (double) (bytes(PACKED) - empty) / count("normalized_cdrs");
  }

  /** Bytes of the document and the raw document alone, as they are kept and as they came. */
  double[] documents() throws SQLException {
    List<String> plain = List.of("plain_cdrs", "plain_raw");
    database.execute(
        "CREATE TABLE plain_cdrs LIKE normalized_cdrs", "CREATE TABLE plain_raw LIKE raw_cdrs");
    long before = bytes(plain);
    database.execute(
        """
        INSERT INTO plain_cdrs (id, uuid, plain, packed, TableSuffix, rmOrgID, source, received_at,
          start_epoch, calling_number, called_number, direction, hangup_cause, billsec, operator_name)
        SELECT id, uuid, xml, NULL, TableSuffix, rmOrgID, source, received_at,
          start_epoch, calling_number, called_number, direction, hangup_cause, billsec, operator_name
          FROM normalized_cdrs ORDER BY id LIMIT %d
        """
            .formatted(UNPACKED),
        """
        INSERT INTO plain_raw
        SELECT id_normalized_cdrs, TableSuffix, version, format, mapping, content_type, url_uuid,
          UNCOMPRESS(body), repairs, sender, received_at
          FROM raw_cdrs ORDER BY id_normalized_cdrs LIMIT %d
        """
            .formatted(UNPACKED));
    double[] each = {
      (double) (bytes(DOCUMENTS) - emptyDocuments) / count("normalized_cdrs"),
      (double) (bytes(plain) - before) / count("plain_raw")
    };
    database.execute("DROP TABLE plain_cdrs", "DROP TABLE plain_raw");
    return each;
  }

  private long count(String table) throws SQLException {
    return database.number("SELECT COUNT(*) FROM " + table);
  }

  private long bytes(List<String> tables) throws SQLException {
    for (String table : tables) {
      database.execute("ANALYZE TABLE " + table);
    }
    return database.number(
        "SELECT SUM(DATA_LENGTH + INDEX_LENGTH) FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA = 'waybill' AND TABLE_NAME IN ('"
            + String.join("','", tables)
            + "')");
  }
}
