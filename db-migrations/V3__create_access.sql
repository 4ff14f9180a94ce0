CREATE TABLE organizations (
  id         INT          NOT NULL PRIMARY KEY COMMENT 'rmOrgID, given by whoever creates it',
  name       VARCHAR(255) NOT NULL,
  time_zone  VARCHAR(64)  NOT NULL DEFAULT 'UTC' COMMENT 'IANA name',
  country    CHAR(2)      NULL COMMENT 'ISO 3166: how national numbers are read',
  tenant     VARCHAR(255) NULL COMMENT 'its name in lifecycle events',
  active     BOOLEAN      NOT NULL DEFAULT TRUE,
  created_at DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  UNIQUE KEY by_tenant (tenant)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE organization_domains (
  domain    VARCHAR(255) NOT NULL PRIMARY KEY COMMENT 'SIP domain or accountcode that names the organization',
  rmOrgID   INT          NOT NULL,
  KEY by_organization (rmOrgID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE users (
  id             INT          NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name           VARCHAR(128) NOT NULL,
  password_hash  VARCHAR(500) NOT NULL COMMENT 'the platform''s Pbkdf2PasswordHash',
  roles          VARCHAR(255) NOT NULL COMMENT 'comma-separated: switch, reader, operator, admin',
  active         BOOLEAN      NOT NULL DEFAULT TRUE,
  created_at     DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  UNIQUE KEY by_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE api_keys (
  id             INT          NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name           VARCHAR(128) NOT NULL,
  key_hash       BINARY(32)   NOT NULL COMMENT 'SHA-256; a key is 256 random bits, so it needs no slow hash',
  roles          VARCHAR(255) NOT NULL,
  organizations  VARCHAR(2000) NOT NULL DEFAULT '' COMMENT 'comma-separated rmOrgIDs it may send for; empty means all',
  active         BOOLEAN      NOT NULL DEFAULT TRUE,
  created_at     DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  UNIQUE KEY by_hash (key_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE audit_log (
  id       BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at       DATETIME(3)   NOT NULL,
  who      VARCHAR(128)  NOT NULL,
  action   VARCHAR(64)   NOT NULL,
  subject  VARCHAR(255)  NOT NULL,
  reason   VARCHAR(1000) NULL,
  detail   TEXT          NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE first_start (
  what  VARCHAR(64) NOT NULL PRIMARY KEY COMMENT 'what was seeded once and is the operators'' from then on',
  at    DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
