-- Sums that answer what calls there were, and the ledger that proves that nothing is lost (docs/adr/0010). A commit writes no sum: rows that
-- all commits change would put them in a queue. It notes which CDRs it inserted and what it did; one folder at a time adds that up.
ALTER TABLE normalized_cdrs
  ADD COLUMN operator_name VARCHAR(64) NULL COMMENT 'of variables/operator_name, else of operator_id, cut to 64';
ALTER TABLE normalized_cdrs
  DROP KEY by_start,
  ADD KEY by_start (start_epoch, id, rmOrgID, billsec, hangup_cause, direction, operator_name, calling_number, called_number)
    COMMENT 'lists run newest first; it holds all that they filter by and statistics count, so that no row is read for those';
ALTER TABLE tasks
  ADD COLUMN source VARCHAR(32) NOT NULL DEFAULT '' COMMENT 'of its CDR: the ledger has tasks by source';
UPDATE tasks t JOIN normalized_cdrs c ON c.id = t.id_normalized_cdrs AND c.TableSuffix = t.TableSuffix
   SET t.source = c.source;

CREATE TABLE cdr_ranges (
  first_id   BIGINT  NOT NULL PRIMARY KEY COMMENT 'ids of CDRs that were inserted together and are in no sum yet',
  last_id    BIGINT  NOT NULL,
  step       INT     NOT NULL COMMENT 'auto_increment_increment: in a cluster, the ids between are other nodes''',
  first_day  CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'least TableSuffix of them: only those partitions are read',
  last_day   CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  touched    INT     NOT NULL DEFAULT 0 COMMENT 'amendments of CDRs in it: written so that the folder and an amendment collide'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='one or few rows a commit, deleted when folded';

CREATE TABLE fold_gate (
  id  TINYINT NOT NULL PRIMARY KEY COMMENT 'locked by the one who folds'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO fold_gate VALUES (1);

CREATE TABLE call_sums (
  span          INT         NOT NULL COMMENT 'seconds: 3600 an hour, 86400 a day; each CDR is in one of each',
  begins        BIGINT      NOT NULL COMMENT 'seconds since 1970 UTC: calls that started from then for a span',
  rmOrgID       INT         NOT NULL,
  direction     VARCHAR(16) NOT NULL COMMENT 'empty: none, as in the next two',
  hangup_cause  VARCHAR(64) NOT NULL,
  operator_name VARCHAR(64) NOT NULL,
  TableSuffix   CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'day with which it leaves',
  calls         BIGINT      NOT NULL,
  answered      BIGINT      NOT NULL COMMENT 'billsec above 0',
  seconds       BIGINT      NOT NULL COMMENT 'billsec of the answered',
  effective     BIGINT      NOT NULL COMMENT 'for NER: answered, or the called side would or could not',
  PRIMARY KEY (span, begins, rmOrgID, direction, hangup_cause, operator_name, TableSuffix)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE number_sums (
  side         TINYINT     NOT NULL COMMENT '0 calling, 1 called',
  begins       BIGINT      NOT NULL COMMENT 'the UTC day, in seconds since 1970',
  rmOrgID      INT         NOT NULL,
  number       VARCHAR(64) NOT NULL COMMENT 'empty: none',
  TableSuffix  CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'day with which it leaves',
  calls        BIGINT      NOT NULL,
  answered     BIGINT      NOT NULL,
  seconds      BIGINT      NOT NULL,
  effective    BIGINT      NOT NULL,
  PRIMARY KEY (side, begins, rmOrgID, number, TableSuffix)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ledger (
  day        DATE        NOT NULL COMMENT 'of receipt, of a task that of its creation; UTC',
  source     VARCHAR(32) NOT NULL,
  rmOrgID    INT         NOT NULL COMMENT '0: not known',
  account    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'received, stored, found, duplicate, ...: see docs/statistics.md',
  task_type  VARCHAR(64) NOT NULL COMMENT 'empty but for tasks',
  amount     BIGINT      NOT NULL,
  seconds    BIGINT      NOT NULL COMMENT 'billsec of what was answered',
  PRIMARY KEY (day, source, rmOrgID, account, task_type)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ledger_entries (
  id        BIGINT     NOT NULL AUTO_INCREMENT PRIMARY KEY,
  postings  MEDIUMTEXT NOT NULL COMMENT 'all of a transaction, packed: lines for the ledger of which a commit of many organizations has many'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='insert only, in the transaction that does the work; folded into the ledger within seconds';

-- What is stored already is folded in portions after the start, and has its lines in the ledger; of the duplicates of before, nobody knows.
INSERT INTO cdr_ranges (first_id, last_id, step, first_day, last_day)
SELECT MIN(id), MAX(id), 1, MIN(TableSuffix), MAX(TableSuffix) FROM normalized_cdrs HAVING MIN(id) IS NOT NULL;

INSERT INTO ledger
SELECT DATE(received_at), source, rmOrgID, 'received', '', COUNT(*), SUM(GREATEST(COALESCE(billsec, 0), 0))
  FROM normalized_cdrs GROUP BY DATE(received_at), source, rmOrgID;
INSERT INTO ledger SELECT day, source, rmOrgID, 'stored', '', amount, seconds FROM ledger WHERE account = 'received';
INSERT INTO ledger
SELECT DATE(received_at), source, COALESCE(rmOrgID, 0), 'rejected', '', COUNT(*), 0
  FROM rejected_cdrs GROUP BY DATE(received_at), source, COALESCE(rmOrgID, 0);
INSERT INTO ledger
SELECT DATE(last_received_at), source, COALESCE(rmOrgID, 0), 'repeated', '', SUM(times - 1), 0
  FROM rejected_cdrs WHERE times > 1 GROUP BY DATE(last_received_at), source, COALESCE(rmOrgID, 0);
INSERT INTO ledger
SELECT * FROM (SELECT day, source, rmOrgID, 'received', '', SUM(amount) AS more, 0
                 FROM ledger WHERE account IN ('rejected', 'repeated') GROUP BY day, source, rmOrgID) refused
ON DUPLICATE KEY UPDATE amount = amount + refused.more;
INSERT INTO ledger
SELECT DATE(create_time), source, rmOrgID,
       CASE done WHEN 'n' THEN 'pending' WHEN 'y' THEN 'done' WHEN 'error' THEN 'failed' ELSE 'cancelled' END,
       task_type, COUNT(*), 0
  FROM tasks GROUP BY DATE(create_time), source, rmOrgID, done, task_type;
INSERT INTO ledger
SELECT day, source, rmOrgID, 'task', task_type, SUM(amount), 0
  FROM ledger WHERE task_type <> '' GROUP BY day, source, rmOrgID, task_type;
