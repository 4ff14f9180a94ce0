-- Every table whose rows belong to a day is partitioned by TableSuffix alike, so that a day leaves by DROP PARTITION.
-- The days themselves are cut out of pmax by maintenance, which knows what day it is; a migration does not.
-- There are no foreign keys: MySQL forbids them on partitioned tables. One transaction writes all rows of a CDR instead.
CREATE TABLE normalized_cdrs (
  id              BIGINT       NOT NULL AUTO_INCREMENT COMMENT 'idNormalizedCdrs',
  xml             LONGTEXT     NOT NULL COMMENT 'the accepted document; LONGTEXT because documents reach 10 MB',
  uuid            BINARY(16)   NOT NULL COMMENT 'the CDR''s identity; unique over all days through cdr_keys',
  TableSuffix     CHAR(8)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'UTC day, YYYYMMDD',
  rmOrgID         INT          NOT NULL COMMENT 'organization that owns this CDR',
  source          VARCHAR(32)  NOT NULL COMMENT 'the kind of sender it came from',
  received_at     DATETIME(3)  NOT NULL COMMENT 'retention counts from the newest of a day',
  start_epoch     BIGINT       NOT NULL COMMENT 'start of the call, seconds since 1970 UTC',
  calling_number  VARCHAR(64)  NULL COMMENT 'of variables/caller_id_number, cut to 64',
  called_number   VARCHAR(64)  NULL COMMENT 'of variables/destination_number, cut to 64',
  direction       VARCHAR(16)  NULL COMMENT 'of variables/call_direction',
  hangup_cause    VARCHAR(64)  NULL COMMENT 'of variables/hangup_cause',
  billsec         INT          NULL COMMENT 'of variables/billsec; answered when greater than 0',
  PRIMARY KEY (id, TableSuffix),
  KEY by_uuid (uuid) COMMENT 'operators ask by uuid in plain SQL',
  KEY by_start (start_epoch, id) COMMENT 'lists run newest first',
  KEY by_organization (rmOrgID, start_epoch, id) COMMENT 'the same for one organization',
  KEY by_calling (calling_number, start_epoch) COMMENT 'search by number or prefix',
  KEY by_called (called_number, start_epoch) COMMENT 'search by number or prefix'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
PARTITION BY RANGE COLUMNS (TableSuffix) (PARTITION pmax VALUES LESS THAN (MAXVALUE));

CREATE TABLE cdr_keys (
  uuid                BINARY(16) NOT NULL PRIMARY KEY COMMENT 'stored once, whatever its day: a partitioned unique key cannot say so',
  id_normalized_cdrs  BIGINT     NOT NULL,
  TableSuffix         CHAR(8)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash        BINARY(32) NOT NULL COMMENT 'SHA-256 of the values: tells a repeat from a conflict'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE cdr_days (
  TableSuffix      CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  newest_received  DATETIME(3) NOT NULL COMMENT 'row lock that keeps retention and a late CDR of the same old day apart',
  leaving          CHAR(36)    CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'while its rows are being taken away: by whom; such a day takes in nothing',
  leaving_since    DATETIME(3) NULL COMMENT 'renewed by whoever takes it away, by the database''s clock; another may go on when it is old'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='only days that were old when a CDR of them arrived';

CREATE TABLE rejected_cdrs (
  id             BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  received_at    DATETIME(3)  NOT NULL,
  last_received_at DATETIME(3) NOT NULL COMMENT 'when the same bytes came last',
  times          INT          NOT NULL DEFAULT 1 COMMENT 'how often the same bytes came',
  source         VARCHAR(32)  NOT NULL,
  sender         VARCHAR(128) NULL COMMENT 'user or key that sent it',
  reason         VARCHAR(32)  NOT NULL COMMENT 'NOT_WELL_FORMED, INVALID, UNKNOWN_ORGANIZATION, CONFLICT, ...',
  rmOrgID        INT          NULL COMMENT 'where it could be read',
  uuid           BINARY(16)   NULL COMMENT 'where it could be read',
  state          VARCHAR(16)  NOT NULL DEFAULT 'open' COMMENT 'open, accepted, discarded',
  content_type   VARCHAR(255) NULL,
  body_hash      BINARY(32)   NOT NULL COMMENT 'SHA-256 of the bytes: sending the same bad bytes again adds no row',
  body           LONGBLOB     NOT NULL COMMENT 'the raw bytes, decoded from gzip',
  original_body  LONGBLOB     NULL COMMENT 'as first received, once an operator has replaced it',
  violations     LONGTEXT     NOT NULL COMMENT 'JSON array of {line,column,message}, all of them',
  decided_at     DATETIME(3)  NULL,
  decided_by     VARCHAR(128) NULL,
  decision       VARCHAR(1000) NULL COMMENT 'the operator''s reason',
  UNIQUE KEY once (body_hash),
  KEY by_state (state, id) COMMENT 'the open ones are what operators look at',
  KEY by_reason (reason, id),
  KEY by_received (received_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
