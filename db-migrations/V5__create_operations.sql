-- Long operator actions. All that is known of one stands in its row, so that any node can go on where another one stopped.
CREATE TABLE operations (
  id               BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind             VARCHAR(64)   NOT NULL COMMENT 'what is done to each item: rejected.resubmit, task.rerun, ...',
  state            VARCHAR(16)   NOT NULL DEFAULT 'running' COMMENT 'running, paused, done, cancelled, failed',
  filter           TEXT          NOT NULL COMMENT 'JSON in the words of the query; its kind reads it',
  up_to            VARCHAR(255)  NULL COMMENT 'the last item that was there at the start: later ones are not part of it',
  total            BIGINT        NOT NULL COMMENT 'items that matched at the start',
  processed        BIGINT        NOT NULL DEFAULT 0,
  succeeded        BIGINT        NOT NULL DEFAULT 0,
  failed           BIGINT        NOT NULL DEFAULT 0,
  position         VARCHAR(255)  NULL COMMENT 'the last item that is finished, written in the transaction that finished it',
  rate_per_second  INT           NULL COMMENT 'null: as fast as it goes',
  started_by       VARCHAR(128)  NOT NULL,
  reason           VARCHAR(1000) NULL COMMENT 'the operator''s own words',
  problem          VARCHAR(1000) NULL COMMENT 'why it failed; it can be resumed',
  started_at       DATETIME(3)   NOT NULL COMMENT 'by the database''s clock, as all times here',
  finished_at      DATETIME(3)   NULL,
  node             VARCHAR(255)  NULL COMMENT 'who works on it, for people; the fence is the epoch',
  epoch            BIGINT        NOT NULL DEFAULT 0 COMMENT 'fence: a late owner''s writes meet another number',
  expires_at       DATETIME(3)   NULL COMMENT 'end of the lease, after which another node goes on',
  KEY by_state (state, id) COMMENT 'those that run are asked for twice a second'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE operation_outcomes (
  id_operations  BIGINT        NOT NULL,
  number         BIGINT        NOT NULL COMMENT 'from 1, in the order of work',
  item           VARCHAR(255)  NOT NULL COMMENT 'what the kind calls it, such as the id of a task',
  ok             BOOLEAN       NOT NULL,
  sentence       VARCHAR(1000) NOT NULL COMMENT 'what came of it',
  PRIMARY KEY (id_operations, number),
  KEY by_ok (id_operations, ok, number) COMMENT 'the failed ones are what people look for'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='kept for 30 days after the end';

-- The index answers the page of causes, and how many match a filter, without touching a row and the body in it.
ALTER TABLE rejected_cdrs
  ADD COLUMN cause CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''
    COMMENT 'fingerprint of reason and violations without their values: the same for the same fault',
  ADD KEY by_cause (state, cause, reason, source, rmOrgID, received_at);
