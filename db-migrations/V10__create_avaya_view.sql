-- What the collector of Avaya records before us kept in a table of this name, for those who query it. FROM_UNIXTIME would depend on the
-- session's time zone; the code is nowhere but in the document.
CREATE VIEW avaya_cdr AS
SELECT CAST(TIMESTAMP '1970-01-01 00:00:00' + INTERVAL start_epoch SECOND AS DATETIME) AS `date`,
       CAST(NULLIF(EXTRACTVALUE(xml, '/cdr/data/variables/duration'), '') AS SIGNED) AS duration,
       calling_number,
       called_number,
       NULLIF(EXTRACTVALUE(xml, '/cdr/data/variables/call_code'), '') AS call_code
  FROM normalized_cdrs
 WHERE source = 'smdr';

-- A call of an IP Office comes in segments, minutes apart: each is kept here until the last one has come.
CREATE TABLE smdr_segments (
  id            BIGINT          NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'in the order in which they came',
  rmOrgID       INT             NOT NULL,
  call_key      VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'start and id of the call: ids begin anew when the system does',
  line_hash     BINARY(32)      NOT NULL COMMENT 'SHA-256: a segment that is sent again adds no row',
  line          VARBINARY(4096) NOT NULL,
  sender        VARCHAR(128)    NOT NULL,
  received_at   DATETIME(3)     NOT NULL,
  settled       BOOLEAN         NOT NULL DEFAULT FALSE COMMENT 'its call is a document; kept a while, since another node may get the last segment later',
  UNIQUE KEY by_line (rmOrgID, call_key, line_hash),
  KEY by_age (settled, received_at) COMMENT 'calls whose last segment does not come, and those that may leave'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
