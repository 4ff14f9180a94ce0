-- Sign-ins of people. In the database, so that a session holds on every node and over a restart.
CREATE TABLE sessions (
  token_hash       BINARY(32)  NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the cookie; a token is 256 random bits, so it needs no slow hash',
  id_users         INT         NOT NULL,
  password_digest  BINARY(32)  NOT NULL COMMENT 'of the password that opened it: a new one ends its sessions',
  began_at         DATETIME(3) NOT NULL,
  used_at          DATETIME(3) NOT NULL COMMENT 'up to a minute older than its last use',
  KEY by_used (used_at) COMMENT 'those that are over are deleted when another begins'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE audit_log
  ADD KEY by_who (who, id) COMMENT 'what one person did, newest first',
  ADD KEY by_action (action, id),
  ADD KEY by_time (at, id);
