-- What is polled from a call-flow platform: how far each feed is read, every piece as it came, and which calls they make.
-- Whoever writes here renews the lease first, in the same transaction: so transactions of feeds come one after the other, and a node that was slow writes nothing.
CREATE TABLE feed_lease (
  id          TINYINT      NOT NULL PRIMARY KEY COMMENT 'one row',
  node        VARCHAR(255) NULL COMMENT 'who polls, for people; the fence is the epoch',
  epoch       BIGINT       NOT NULL DEFAULT 0 COMMENT 'fence: a late owner''s writes meet another number',
  expires_at  DATETIME(3)  NULL COMMENT 'end of the lease, by the database''s clock, after which another node polls'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO feed_lease (id) VALUES (1);

CREATE TABLE feeds (
  feed           VARCHAR(16)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'the last part of its address',
  last_id        BIGINT        NOT NULL DEFAULT 0 COMMENT 'cursor: written with the items up to it',
  failures       INT           NOT NULL DEFAULT 0 COMMENT 'polls in a row that failed',
  failing_since  DATETIME(3)   NULL,
  problem        VARCHAR(1000) NULL COMMENT 'of the last poll that failed; null when all is well'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO feeds (feed) VALUES ('calls'), ('call_events'), ('connections'), ('operators');

CREATE TABLE feed_items (
  feed         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_id      BIGINT      NOT NULL,
  call_id      BIGINT      NULL COMMENT 'which call it is a piece of; null for an operator',
  operator_id  BIGINT      NULL COMMENT 'an operator whom this piece does not name: who it is, the feed of operators says',
  unfinished   BOOLEAN     NOT NULL COMMENT 'says that it lasts: it is read again until it has its end',
  body         LONGTEXT    NOT NULL COMMENT 'as the platform last gave it',
  received_at  DATETIME(3) NOT NULL COMMENT 'when it first came',
  PRIMARY KEY (feed, item_id),
  KEY by_call (call_id),
  KEY by_operator (operator_id),
  KEY by_unfinished (feed, unfinished, item_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE feed_calls (
  call_id      BIGINT      NOT NULL PRIMARY KEY,
  rmOrgID      INT         NOT NULL COMMENT 'whose feeds they were when its first piece came: it keeps that',
  state        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'waiting' COMMENT 'waiting (for its item of /calls), open, stored, unended, rejected, unowned (organization unknown yet), left',
  version      BIGINT      NOT NULL DEFAULT 1 COMMENT 'counts what was learnt of it',
  learnt_at    DATETIME(3) NOT NULL COMMENT 'when the newest piece came',
  due_at       DATETIME(3) NULL COMMENT 'when it is to be put together; null when nothing is to be done',
  TableSuffix  CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'day of its CDR, with which it leaves',
  uuid         BINARY(16)  NULL COMMENT 'of its CDR, once there is one',
  rejected_id  BIGINT      NULL COMMENT 'where it could not become one',
  KEY by_due (due_at),
  KEY by_state (state, rmOrgID),
  KEY by_day (TableSuffix),
  KEY by_learnt (learnt_at) COMMENT 'pieces that no CDR was made of leave by this'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
