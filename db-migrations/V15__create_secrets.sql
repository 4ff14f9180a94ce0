-- What all nodes of this database sign with, so that each knows what another one gave out.
CREATE TABLE secrets (
  name        VARCHAR(64)   NOT NULL PRIMARY KEY COMMENT 'what it signs; delete the row and restart the nodes to have another one made',
  secret      VARBINARY(64) NOT NULL COMMENT 'random bytes of the first node that asked',
  created_at  DATETIME(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
