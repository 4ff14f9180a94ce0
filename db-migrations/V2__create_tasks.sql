CREATE TABLE tasks (
  id                  BIGINT      NOT NULL AUTO_INCREMENT,
  id_normalized_cdrs  BIGINT      NOT NULL,
  task_type           VARCHAR(64) NOT NULL COMMENT 'CDRToSGAPI, SendEmail, ...; a type nobody handles waits',
  create_time         DATETIME(3) NOT NULL,
  next_attempt        DATETIME(3) NULL COMMENT 'earliest due time of its waiting deliveries',
  done                ENUM('n','y','error','cancelled') NOT NULL DEFAULT 'n',
  node_index          INT         NULL COMMENT 'node that worked on it last',
  retry               INT         NOT NULL DEFAULT 0 COMMENT 'greatest number of failures of one of its deliveries',
  priority            ENUM('low','medium','high') NOT NULL DEFAULT 'medium',
  TableSuffix         CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'day of its CDR, with which it leaves',
  rmOrgID             INT         NOT NULL,
  waiting             SMALLINT    NOT NULL DEFAULT 0 COMMENT 'deliveries not settled yet',
  failed              SMALLINT    NOT NULL DEFAULT 0 COMMENT 'deliveries that failed for good',
  PRIMARY KEY (id, TableSuffix),
  KEY by_cdr (id_normalized_cdrs) COMMENT 'the tasks of a CDR',
  KEY by_state (done, id) COMMENT 'what waits and what failed, newest first'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
PARTITION BY RANGE COLUMNS (TableSuffix) (PARTITION pmax VALUES LESS THAN (MAXVALUE));

CREATE TABLE tasks_data (
  id_tasks      BIGINT   NOT NULL COMMENT '1:1 with tasks',
  xml_fragment  LONGTEXT NOT NULL COMMENT 'the task''s own XML, well-formed',
  TableSuffix   CHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id_tasks, TableSuffix)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
PARTITION BY RANGE COLUMNS (TableSuffix) (PARTITION pmax VALUES LESS THAN (MAXVALUE));

CREATE TABLE tasks_error (
  id_tasks          BIGINT      NOT NULL COMMENT 'at most one row a task',
  description       LONGTEXT    NOT NULL COMMENT 'a line a failure: [time] message, then [time] Retry n: message',
  first_error_date  DATETIME(3) NOT NULL,
  last_error_date   DATETIME(3) NOT NULL,
  TableSuffix       CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id_tasks, TableSuffix)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
PARTITION BY RANGE COLUMNS (TableSuffix) (PARTITION pmax VALUES LESS THAN (MAXVALUE));

CREATE TABLE attempts (
  id_tasks       BIGINT       NOT NULL,
  kind           ENUM('storage','analytics','email') NOT NULL,
  item           SMALLINT     NOT NULL,
  attempt        INT          NOT NULL COMMENT 'Waybill-Attempt: counts every send of this delivery',
  TableSuffix    CHAR(8)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id_gateways    INT          NOT NULL,
  node           INT          NOT NULL,
  started_at     DATETIME(3)  NOT NULL,
  duration_ms    INT          NOT NULL,
  outcome        ENUM('delivered','retry','misconfigured','failed') NOT NULL,
  status         SMALLINT     NULL COMMENT 'HTTP or SMTP reply code, where there was one',
  error          VARCHAR(1000) NULL COMMENT 'one sentence; null when delivered',
  response_head  VARCHAR(2000) NULL COMMENT 'first characters of the answer to a failure',
  PRIMARY KEY (id_tasks, kind, item, attempt, TableSuffix)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
  COMMENT='history of sends, insert only; the last one of a delivery is how it ended'
PARTITION BY RANGE COLUMNS (TableSuffix) (PARTITION pmax VALUES LESS THAN (MAXVALUE));

-- Hot: holds only what is still to be sent. The primary key is the order of claiming, so a claim is a short range scan at its
-- head, and finished work, which lives elsewhere, costs nothing.
CREATE TABLE deliveries (
  id_gateways         INT         NOT NULL COMMENT 'the queue; 0 while no gateway fits',
  lane                TINYINT     NOT NULL COMMENT '0 high, 1 medium, 2 low, 3 bulk re-run',
  due_at              DATETIME(3) NOT NULL,
  id_tasks            BIGINT      NOT NULL,
  kind                ENUM('storage','analytics','email') NOT NULL,
  item                SMALLINT    NOT NULL,
  TableSuffix         CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id_normalized_cdrs  BIGINT      NOT NULL,
  rmOrgID             INT         NOT NULL,
  bound               BOOLEAN     NOT NULL DEFAULT FALSE COMMENT 'sent once: stays with this gateway',
  sends               INT         NOT NULL DEFAULT 0 COMMENT 'attempts recorded so far',
  failures            INT         NOT NULL DEFAULT 0 COMMENT 'attempts used on the present schedule',
  failures_before     INT         NOT NULL DEFAULT 0 COMMENT 'those used before re-runs, so that tasks.retry keeps counting',
  payload_version     SMALLINT    NOT NULL DEFAULT 1 COMMENT 'suffix -vN of the idempotency key when above 1',
  misconfigured       SMALLINT    NULL COMMENT 'status of the last answer that blamed the gateway',
  misconfigured_at    DATETIME(3) NULL,
  created_at          DATETIME(3) NOT NULL COMMENT 'its age is what operators alert on',
  PRIMARY KEY (id_gateways, lane, due_at, id_tasks, kind, item),
  KEY by_task (id_tasks) COMMENT 'cancel, re-run and the task page'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin STATS_PERSISTENT=1 STATS_AUTO_RECALC=0;

CREATE TABLE gateways (
  id              INT           NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'order of creation is order of items',
  kind            ENUM('storage','analytics','smtp') NOT NULL,
  name            VARCHAR(128)  NULL,
  url             VARCHAR(2000) NOT NULL,
  rmOrgID         INT           NULL COMMENT 'an organization''s own gateways of a kind replace the general ones',
  authorization   VARCHAR(2000) NULL COMMENT 'value of the Authorization header; never shown',
  active          BOOLEAN       NOT NULL DEFAULT TRUE,
  paused          BOOLEAN       NOT NULL DEFAULT FALSE,
  max_in_flight   INT           NOT NULL DEFAULT 32,
  rate_per_second INT           NULL,
  created_at      DATETIME(3)   NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE gateway_leases (
  id_gateways  INT         NOT NULL PRIMARY KEY COMMENT 'the queue; 0 is that of deliveries without a gateway',
  node         INT         NULL COMMENT 'its owner',
  epoch        BIGINT      NOT NULL DEFAULT 0 COMMENT 'fence: a late owner''s writes meet another number',
  expires_at   DATETIME(3) NULL COMMENT 'by the database''s clock'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE gateway_circuits (
  id_gateways  INT           NOT NULL PRIMARY KEY,
  state        VARCHAR(16)   NOT NULL COMMENT 'closed, open, half_open',
  since        DATETIME(3)   NOT NULL,
  next_probe   DATETIME(3)   NULL,
  trips        INT           NOT NULL DEFAULT 0 COMMENT 'openings in a row: the wait doubles with each',
  reason       VARCHAR(1000) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE nodes (
  id            INT          NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'node_index',
  name          VARCHAR(255) NOT NULL,
  started_at    DATETIME(3)  NOT NULL,
  heartbeat_at  DATETIME(3)  NOT NULL COMMENT 'by the database''s clock',
  stopped_at    DATETIME(3)  NULL COMMENT 'set by a clean stop: it takes no share of the queues any more'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE mail_templates (
  name        VARCHAR(128) NOT NULL PRIMARY KEY,
  subject     VARCHAR(500) NOT NULL COMMENT '{{name}} stands for a field of the task, the CDR or its variables',
  body        TEXT         NOT NULL COMMENT 'plain text, same placeholders'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A template of the specification's example, so that it works on a fresh machine. It is the operators' from then on.
INSERT INTO mail_templates (name, subject, body) VALUES (
  'voicemail-notification',
  'New voicemail from {{caller_id_number}}',
  'You have a new voicemail.

From: {{caller_id_number}} {{caller_id_name}}
To:   {{destination_number}}
Call: {{uuid}}
');
