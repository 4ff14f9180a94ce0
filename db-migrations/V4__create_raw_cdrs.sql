-- Documents of other dialects as they came, for as long as the CDRs made of them: repairs can be undone, and a changed mapping
-- be run again. A document of the cdr-normalized schema is not here, since normalized_cdrs.xml is that document.
CREATE TABLE raw_cdrs (
  id_normalized_cdrs  BIGINT       NOT NULL COMMENT '1:1 with normalized_cdrs',
  TableSuffix         CHAR(8)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'day of its CDR, with which it leaves',
  version             INT          NOT NULL DEFAULT 1 COMMENT 'of the CDR: counts up each time it is made anew from these bytes',
  format              VARCHAR(32)  NOT NULL COMMENT 'the dialect, as in /api/collect/{format}',
  mapping             INT          NOT NULL COMMENT 'version of the dialect''s mapping that made the CDR',
  content_type        VARCHAR(255) NULL COMMENT 'as the sender said, which need not be true',
  url_uuid            VARCHAR(255) NULL COMMENT 'uuid= of the address, as it stood there',
  body                LONGBLOB     NOT NULL COMMENT 'the bytes in the format of COMPRESS(): read them with UNCOMPRESS(body)',
  repairs             LONGTEXT     NOT NULL COMMENT 'JSON array of {kind,where,before,after}, empty when nothing was mended',
  sender              VARCHAR(128) NOT NULL COMMENT 'user or key that sent it',
  received_at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (id_normalized_cdrs, TableSuffix)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
PARTITION BY RANGE COLUMNS (TableSuffix) (PARTITION pmax VALUES LESS THAN (MAXVALUE));

ALTER TABLE rejected_cdrs
  ADD COLUMN url_uuid VARCHAR(255) NULL COMMENT 'uuid= of the address, as it stood there: resubmitted with the bytes' AFTER content_type,
  ADD COLUMN sender_organizations VARCHAR(2000) NOT NULL DEFAULT '' COMMENT 'those of the sender''s key: one alone names the organization of a document that names none' AFTER sender,
  MODIFY COLUMN body_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the bytes, and of source and url_uuid where it is of another dialect: the same bad document again adds no row',
  ADD KEY by_state_uuid (state, uuid) COMMENT 'which uuids wait: one of them that is stored after all is looked for here';

ALTER TABLE users
  ADD COLUMN digest_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'HA1 of RFC 7616, of switches that opted in to HTTP Digest; as good as the password there' AFTER password_hash,
  ADD COLUMN digest_md5 CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the same by MD5, for old clients' AFTER digest_sha256;
