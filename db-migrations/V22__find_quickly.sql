-- What people ask for is found without reading what lies around it (docs/benchmarks.md says what these cost, and what a list does where none fits).
ALTER TABLE normalized_cdrs
  ADD KEY by_cause (hangup_cause, start_epoch) COMMENT 'a rare cause among much';
ALTER TABLE tasks
  ADD KEY by_organization (rmOrgID, id) COMMENT 'those of an organization, newest first',
  ADD KEY by_type (task_type, id) COMMENT 'likewise of a type';
