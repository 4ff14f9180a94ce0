-- Failures are grouped by what they say, without its ids, numbers and times. A task belongs to the group of its last failure. How many there are
-- is counted in the transactions that record failures and change states, so that nobody ever counts over history.
ALTER TABLE tasks_error
  ADD COLUMN error_group CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'fingerprint of its last failure; null where that was before groups were known',
  ADD COLUMN id_gateways INT NULL COMMENT 'to which that was sent',
  ADD COLUMN done ENUM('n','y','error','cancelled') NOT NULL DEFAULT 'n' COMMENT 'as in tasks, so that those of a group that failed are found in an index',
  ADD KEY by_group (error_group, id_tasks) COMMENT 'all of a group, newest first',
  ADD KEY by_group_state (error_group, done, id_tasks) COMMENT 'those of a group that failed, or wait';
UPDATE tasks_error e JOIN tasks t ON t.id = e.id_tasks AND t.TableSuffix = e.TableSuffix SET e.done = t.done;

CREATE TABLE error_groups (
  fingerprint    CHAR(16)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the kind of delivery, the status and the sentence',
  id_gateways    INT           NOT NULL COMMENT 'a row a gateway: its queue has one owner, so that recorders do not wait for each other',
  failed         BIGINT        NOT NULL COMMENT 'tasks that failed, and this was their last failure',
  waiting        BIGINT        NOT NULL COMMENT 'tasks that are to be tried again, and this was their last failure',
  first_seen     DATETIME(3)   NOT NULL,
  last_seen      DATETIME(3)   NOT NULL,
  sample_task    BIGINT        NOT NULL COMMENT 'one that failed so lately',
  sample_status  SMALLINT      NULL,
  sample         VARCHAR(1000) NOT NULL COMMENT 'the sentence of that failure, with its ids and numbers',
  sample_head    VARCHAR(2000) NOT NULL COMMENT 'first characters of the answer',
  PRIMARY KEY (fingerprint, id_gateways),
  KEY by_last_seen (last_seen) COMMENT 'those that nobody needs any more'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE error_group_places (
  fingerprint  CHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rmOrgID      INT         NOT NULL,
  task_type    VARCHAR(64) NOT NULL,
  PRIMARY KEY (fingerprint, rmOrgID, task_type)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='whose tasks, and which, were hit';

CREATE TABLE error_group_times (
  fingerprint  CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  span         INT      NOT NULL COMMENT 'seconds: 60 a minute, kept for a day; 3600 an hour, kept for 30 days',
  begins       BIGINT   NOT NULL COMMENT 'seconds since 1970 UTC',
  id_gateways  INT      NOT NULL,
  failures     BIGINT   NOT NULL COMMENT 'attempts that failed so in that time',
  PRIMARY KEY (fingerprint, span, begins, id_gateways),
  KEY by_age (span, begins) COMMENT 'those to be purged'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- An operator tries a few items first; and a count that would take long is broken off.
ALTER TABLE operations
  ADD COLUMN item_limit INT NULL COMMENT 'so many items at the most; null: all that match',
  ADD COLUMN total_is_least BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'counting was broken off: there are more than total';
