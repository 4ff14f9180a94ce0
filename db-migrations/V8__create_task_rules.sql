CREATE TABLE task_rules (
  id          INT          NOT NULL AUTO_INCREMENT PRIMARY KEY,
  rmOrgID     INT          NULL COMMENT 'null: of every organization',
  conditions  LONGTEXT     NOT NULL COMMENT 'JSON object, variable to value, or to how it begins where a * ends it; all must match',
  task_type   VARCHAR(64)  NOT NULL,
  priority    ENUM('low','medium','high') NULL COMMENT 'null: rmTaskPriority, else medium, as of a task in a document',
  fields      LONGTEXT     NOT NULL COMMENT 'JSON object, in order: the task''s elements',
  active      BOOLEAN      NOT NULL DEFAULT TRUE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
