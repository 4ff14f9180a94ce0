-- Who sends live documents, and since when no more. Counted in memory and written every few seconds: no record, so what a crash takes is no loss.
CREATE TABLE switches (
  id                 BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'with gaps: each writing of a known one takes a number, too',
  name               VARCHAR(255) NOT NULL COMMENT 'as its documents name it, else the user or key that sends them',
  rmOrgID            INT          NOT NULL COMMENT 'of its CDRs: one that serves several organizations is watched for each',
  instance           VARCHAR(255) NULL COMMENT 'such as FreeSWITCH''s core-uuid: another one after each restart',
  previous_instance  VARCHAR(255) NULL COMMENT 'the one before: a late document of it is no restart',
  restarts           INT          NOT NULL DEFAULT 0 COMMENT 'how often the instance became one that was not there before',
  first_seen         DATETIME(3)  NOT NULL,
  last_seen          DATETIME(3)  NOT NULL COMMENT 'arrival of its newest document',
  silent_since       DATETIME(3)  NULL COMMENT 'when it was found to be silent; null while it sends',
  UNIQUE KEY by_name (name, rmOrgID),
  KEY by_last_seen (last_seen) COMMENT 'those that have been quiet for long enough to look at'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE switch_hours (
  name          VARCHAR(255) NOT NULL,
  rmOrgID       INT          NOT NULL,
  hour_of_week  SMALLINT     NOT NULL COMMENT '0 to 167; 0 begins on Thursday at 00:00 UTC, as 1970 did',
  week_number   INT          NOT NULL COMMENT 'weeks since 1970: the one in which documents were counted',
  documents     BIGINT       NOT NULL COMMENT 'in this hour of that week',
  usual         DOUBLE       NULL COMMENT 'documents in this hour, an average over the weeks before in which the newer ones weigh more; null in the first',
  PRIMARY KEY (name, rmOrgID, hour_of_week)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
