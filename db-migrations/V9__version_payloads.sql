-- What a task sends can change when its CDR is made anew from its raw bytes. The version says which of its sends still count, and is the
-- suffix -vN of the idempotency keys when above 1.
ALTER TABLE tasks
  ADD COLUMN payload_version SMALLINT NOT NULL DEFAULT 1 COMMENT 'counts up each time that an amendment changes what it sends';
ALTER TABLE attempts
  ADD COLUMN payload_version SMALLINT NOT NULL DEFAULT 1 COMMENT 'of what was sent; only a delivery of the task''s present one is its end';

-- An operation that changes some and finds others in order tells the two apart, and what it changes of each.
ALTER TABLE operations
  ADD COLUMN unchanged BIGINT NOT NULL DEFAULT 0 COMMENT 'of those that succeeded: there was nothing to do' AFTER succeeded;
ALTER TABLE operation_outcomes
  ADD COLUMN unchanged BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'there was nothing to do',
  ADD COLUMN detail MEDIUMTEXT NULL COMMENT 'JSON object of the kind''s own, shown beside the sentence',
  DROP KEY by_ok,
  ADD KEY by_result (id_operations, ok, unchanged, number) COMMENT 'the failed and the changed ones are what people look for';
