-- What people ask for is found without reading what lies around it (docs/benchmarks.md says what these cost, and what a list does where none fits).
ALTER TABLE normalized_cdrs
  ADD KEY by_cause (hangup_cause, start_epoch) COMMENT 'a rare cause among much';
ALTER TABLE tasks
  ADD KEY by_organization (rmOrgID, id) COMMENT 'those of an organization, newest first',
  ADD KEY by_type (task_type, id) COMMENT 'likewise of a type';

-- Days, hours, organizations and totals of some months are answered by these alone: call_sums has a row for each cause and operator of an hour.
CREATE TABLE call_totals (
  span         INT         NOT NULL COMMENT 'as in call_sums',
  begins       BIGINT      NOT NULL,
  rmOrgID      INT         NOT NULL,
  TableSuffix  CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'day with which it leaves',
  calls        BIGINT      NOT NULL,
  answered     BIGINT      NOT NULL,
  seconds      BIGINT      NOT NULL,
  effective    BIGINT      NOT NULL,
  PRIMARY KEY (span, begins, rmOrgID, TableSuffix)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO call_totals
SELECT span, begins, rmOrgID, TableSuffix, SUM(calls), SUM(answered), SUM(seconds), SUM(effective)
  FROM call_sums GROUP BY span, begins, rmOrgID, TableSuffix;
