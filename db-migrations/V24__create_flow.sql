-- What came in and what became of it, by minute and by hour, for charts: nobody counts history for them. The folder adds it up out of the same
-- entries as the ledger, in the same transaction, so that both say the same, after a crash too, however many nodes there are (docs/adr/0010).
CREATE TABLE flow (
  span       INT     NOT NULL COMMENT 'seconds: 60 a minute, kept for two days; 3600 an hour, kept for 30 days',
  begins     BIGINT  NOT NULL COMMENT 'seconds since 1970 UTC, by the database''s clock',
  received   BIGINT  NOT NULL COMMENT 'documents that were given an answer which says that they are here',
  cdrs       BIGINT  NOT NULL COMMENT 'stored',
  rejected   BIGINT  NOT NULL COMMENT 'documents that were kept as rejected, those that were so before among them',
  delivered  BIGINT  NOT NULL COMMENT 'tasks that became done',
  failed     BIGINT  NOT NULL COMMENT 'tasks that failed',
  PRIMARY KEY (span, begins)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE ledger_entries
  ADD COLUMN noted BIGINT NOT NULL DEFAULT 0 COMMENT 'seconds since 1970, by the database''s clock; 0: before the flow was kept, and not in it';
