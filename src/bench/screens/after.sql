SET SESSION sort_buffer_size = 268435456;
SET SESSION unique_checks = 0;

INSERT INTO cdr_keys
SELECT uuid, id, TableSuffix, UNHEX(SHA2(id, 256)) FROM normalized_cdrs ORDER BY uuid;

INSERT INTO error_groups (fingerprint, id_gateways, failed, waiting, first_seen, last_seen, sample_task, sample_status, sample, sample_head)
SELECT error_group, id_gateways, SUM(done = 'error'), SUM(done = 'n'), MIN(first_error_date), MAX(last_error_date), MAX(id_tasks), 500,
       'The gateway answered 500.', '{"error":"storage is full"}'
  FROM tasks_error GROUP BY error_group, id_gateways;
INSERT INTO error_group_places
SELECT DISTINCT error_group, rmOrgID, task_type FROM tasks_error e JOIN tasks t ON t.id = e.id_tasks AND t.TableSuffix = e.TableSuffix;
INSERT INTO error_group_times
SELECT error_group, 3600, TIMESTAMPDIFF(HOUR, '1970-01-01', last_error_date) * 3600 AS b, id_gateways, COUNT(*)
  FROM tasks_error WHERE last_error_date > UTC_TIMESTAMP() - INTERVAL 30 DAY GROUP BY error_group, b, id_gateways;
INSERT INTO error_group_times
SELECT error_group, 60, TIMESTAMPDIFF(MINUTE, '1970-01-01', last_error_date) * 60 AS b, id_gateways, COUNT(*)
  FROM tasks_error WHERE last_error_date > UTC_TIMESTAMP() - INTERVAL 1 DAY GROUP BY error_group, b, id_gateways;

-- As the migration of the ledger counts what was stored before it.
INSERT INTO ledger
SELECT DATE(received_at), source, rmOrgID, 'received', '', COUNT(*), SUM(billsec) FROM normalized_cdrs GROUP BY 1, 2, 3;
INSERT INTO ledger SELECT day, source, rmOrgID, 'stored', '', amount, seconds FROM ledger WHERE account = 'received';
INSERT INTO ledger
SELECT DATE(received_at), source, COALESCE(rmOrgID, 0), 'rejected', '', COUNT(*), 0 FROM rejected_cdrs GROUP BY 1, 2, 3;
INSERT INTO ledger
SELECT * FROM (SELECT day, source, rmOrgID, 'received', '', SUM(amount) AS more, 0 FROM ledger WHERE account = 'rejected' GROUP BY day, source, rmOrgID) refused
ON DUPLICATE KEY UPDATE amount = amount + refused.more;
INSERT INTO ledger
SELECT DATE(create_time), source, rmOrgID,
       CASE done WHEN 'n' THEN 'pending' WHEN 'y' THEN 'done' WHEN 'error' THEN 'failed' ELSE 'cancelled' END, task_type, COUNT(*), 0
  FROM tasks GROUP BY DATE(create_time), source, rmOrgID, done, task_type;
INSERT INTO ledger
SELECT day, source, rmOrgID, 'task', task_type, SUM(amount), 0 FROM ledger WHERE task_type <> '' GROUP BY day, source, rmOrgID, task_type;

ANALYZE TABLE normalized_cdrs, cdr_keys, tasks, tasks_error, attempts, ledger, error_groups, rejected_cdrs, audit_log;
