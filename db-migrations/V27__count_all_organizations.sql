-- What all organizations come to, by one thing at a time: call_sums has a row for each of them, cause and operator of an hour, too many to add up while somebody waits.
CREATE TABLE call_overall (
  span         INT         NOT NULL COMMENT 'as in call_sums',
  begins       BIGINT      NOT NULL,
  kind         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'all, direction, cause or operator',
  value        VARCHAR(64) NOT NULL COMMENT 'of that kind; empty: none',
  TableSuffix  CHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'day with which it leaves',
  calls        BIGINT      NOT NULL,
  answered     BIGINT      NOT NULL,
  seconds      BIGINT      NOT NULL,
  effective    BIGINT      NOT NULL,
  PRIMARY KEY (span, kind, begins, value, TableSuffix)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO call_overall
SELECT span, begins, 'all', '', TableSuffix, SUM(calls), SUM(answered), SUM(seconds), SUM(effective)
  FROM call_totals GROUP BY span, begins, TableSuffix;
INSERT INTO call_overall
SELECT span, begins, 'direction' AS of_what, direction AS its, TableSuffix, SUM(calls), SUM(answered), SUM(seconds), SUM(effective)
  FROM call_sums GROUP BY span, begins, its, TableSuffix;
INSERT INTO call_overall
SELECT span, begins, 'cause', hangup_cause AS its, TableSuffix, SUM(calls), SUM(answered), SUM(seconds), SUM(effective)
  FROM call_sums GROUP BY span, begins, its, TableSuffix;
INSERT INTO call_overall
SELECT span, begins, 'operator', operator_name AS its, TableSuffix, SUM(calls), SUM(answered), SUM(seconds), SUM(effective)
  FROM call_sums GROUP BY span, begins, its, TableSuffix;
