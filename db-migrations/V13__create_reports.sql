-- A CDR report goes to its consumer in a batch with others. Which records a batch has, its number and its bytes are committed before it is
-- sent, so that it is the same batch when it is sent again, by whichever node.
ALTER TABLE deliveries
  MODIFY COLUMN kind ENUM('storage','analytics','email','report') NOT NULL;
ALTER TABLE attempts
  MODIFY COLUMN kind ENUM('storage','analytics','email','report') NOT NULL,
  MODIFY COLUMN outcome ENUM('delivered','retry','misconfigured','failed','halved') NOT NULL;
ALTER TABLE gateways
  MODIFY COLUMN kind ENUM('storage','analytics','smtp','report') NOT NULL;
ALTER TABLE task_rules
  ADD COLUMN sources LONGTEXT NULL COMMENT 'JSON array of the kinds of senders whose CDRs it is for; null: of all';

CREATE TABLE report_sequences (
  id_gateways  INT         NOT NULL PRIMARY KEY,
  last_number  BIGINT      NOT NULL COMMENT 'of the batch made last: numbers have no gap, being allotted in the transaction that makes the batch',
  last_at      DATETIME(3) NOT NULL COMMENT 'the next one that is not full is made an interval later'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE report_batches (
  id_gateways       INT         NOT NULL,
  number            BIGINT      NOT NULL COMMENT 'in the Idempotency-Key, or in the name of the file',
  made_at           DATETIME(3) NOT NULL COMMENT 'in the name of the file',
  due_at            DATETIME(3) NOT NULL,
  sends             INT         NOT NULL DEFAULT 0 COMMENT 'attempts recorded so far',
  failures          INT         NOT NULL DEFAULT 0 COMMENT 'attempts used of the schedule',
  misconfigured     SMALLINT    NULL COMMENT 'status of the last answer that blamed the consumer',
  misconfigured_at  DATETIME(3) NULL,
  refused           BOOLEAN     NOT NULL DEFAULT FALSE COMMENT 'for something in it: it is halved instead of being sent again',
  body              LONGBLOB    NOT NULL COMMENT 'the bytes that are sent, or of the file',
  PRIMARY KEY (id_gateways, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='only those that are not settled yet';

CREATE TABLE report_members (
  id_gateways      INT      NOT NULL,
  number           BIGINT   NOT NULL,
  id_tasks         BIGINT   NOT NULL,
  item             SMALLINT NOT NULL,
  payload_version  SMALLINT NOT NULL COMMENT 'of what the batch says of it',
  PRIMARY KEY (id_gateways, number, id_tasks, item)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='the records of report_batches';
