-- What a gateway's circuit did, so that the morning knows of the night. Written in the transaction that saves the circuit, by the owner of the queue.
CREATE TABLE gateway_circuit_changes (
  id           BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  id_gateways  INT           NOT NULL,
  at           DATETIME(3)   NOT NULL COMMENT 'by the clock of the node',
  from_state   VARCHAR(16)   NOT NULL COMMENT 'closed, open, half_open',
  to_state     VARCHAR(16)   NOT NULL,
  trips        INT           NOT NULL COMMENT 'openings in a row by then: the wait doubles with each',
  reason       VARCHAR(1000) NOT NULL COMMENT 'a sentence or two',
  node         INT           NOT NULL,
  KEY by_gateway (id_gateways, id) COMMENT 'of one gateway, newest first',
  KEY by_time (at) COMMENT 'they leave after the retention time'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How gateways answered of late: what each node has counted since its row before. Nodes are added up when somebody asks, and so are the
-- buckets, since percentiles cannot be averaged. Kept for an hour.
CREATE TABLE gateway_answers (
  at           DATETIME(3) NOT NULL COMMENT 'the end of some seconds, by the database''s clock',
  id_gateways  INT         NOT NULL,
  node         INT         NOT NULL,
  le_ms        INT         NOT NULL COMMENT 'bucket: they took at most so long, and longer than the bucket below; 2147483647 is the last one',
  answers      INT         NOT NULL,
  sends        INT         NOT NULL COMMENT 'deliveries that they were about: one answer ends a whole batch of reports',
  delivered    INT         NOT NULL COMMENT 'of those',
  PRIMARY KEY (at, id_gateways, node, le_ms)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE gateway_leases
  ADD COLUMN in_flight INT NOT NULL DEFAULT 0 COMMENT 'sends under way at its owner, some seconds ago';
ALTER TABLE gateways
  ADD COLUMN probes_asked INT NOT NULL DEFAULT 0 COMMENT 'counts the probes that operators asked for: its owner compares it with what it saw last';
ALTER TABLE operations
  ADD COLUMN achieved_per_second FLOAT NULL COMMENT 'items a second of late, as its worker saw it',
  ADD COLUMN progress_at DATETIME(3) NULL COMMENT 'when its worker was last heard of';
