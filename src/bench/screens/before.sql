-- Relaxed for the load only: the server that is measured is started anew afterwards.
SET GLOBAL innodb_flush_log_at_trx_commit = 0;
SET GLOBAL innodb_log_file_size = 2147483648;
SET GLOBAL innodb_io_capacity = 4000;
SET GLOBAL innodb_max_dirty_pages_pct = 95;

UPDATE gateways SET paused = TRUE;
INSERT INTO gateways (kind, name, url, rmOrgID, paused, created_at)
SELECT 'analytics', 'speech', 'http://127.0.0.1:9/analytics', NULL, TRUE, UTC_TIMESTAMP(3);

-- 1000 has 40 % of all calls, 1001 to 1198 have the rest, 1199 has hardly any, 1200 none.
INSERT INTO organizations (id, name, time_zone, country)
SELECT 1000 + seq, CONCAT('Customer ', 1000 + seq), 'Europe/Berlin', 'DE' FROM seq_0_to_200;

INSERT INTO switches (name, rmOrgID, instance, first_seen, last_seen)
SELECT CONCAT('pbx-', seq), 1000 + seq, UUID(), UTC_TIMESTAMP(3) - INTERVAL ${days} DAY, UTC_TIMESTAMP(3) FROM seq_0_to_49;

INSERT INTO audit_log (at, who, action, subject, reason, detail)
SELECT UTC_TIMESTAMP(3) - INTERVAL (20000 - seq) * 200 SECOND, ELT(1 + seq % 4, 'admin', 'olive', 'key:billing', 'mallory'),
       ELT(1 + seq % 5, 'task.rerun', 'task.cancel', 'rejected.discard', 'gateway.pause', 'session.begin'),
       CONCAT('task ', seq), 'the gateway was away', NULL
  FROM seq_1_to_20000;

INSERT INTO operations (kind, state, filter, total, processed, succeeded, failed, started_by, reason, started_at, finished_at)
SELECT 'task.rerun', 'done', '{"state":"failed"}', 200, 200, 180, 20, 'olive', 'after the outage',
       UTC_TIMESTAMP(3) - INTERVAL (501 - seq) HOUR, UTC_TIMESTAMP(3) - INTERVAL (500 - seq) HOUR
  FROM seq_1_to_500;
INSERT INTO operation_outcomes (id_operations, number, item, ok, sentence)
SELECT o.id, seq, seq, seq % 10 > 0, IF(seq % 10 > 0, 'Sent again.', 'Its state forbids it.')
  FROM operations o JOIN seq_1_to_200;

INSERT INTO rejected_cdrs (received_at, last_received_at, source, sender, reason, rmOrgID, uuid, state, content_type, body_hash, body,
  violations, cause)
SELECT at, at, 'cdr-normalized', 'key:pbx', reason, 1000 + seq % 200, UNHEX(MD5(CONCAT('r', seq))), IF(seq % 3 = 0, 'discarded', 'open'), 'application/xml',
       UNHEX(SHA2(CONCAT('r', seq), 256)), CONCAT('<cdr><data><uuid>', seq, '</uuid>', REPEAT('<x>late</x>', 60), '</data></cdr>'),
       CONCAT('[{"line":1,"column":', seq % 90, ',"message":"The element x is not known here (', fault, ')."}]'), LEFT(MD5(CONCAT(reason, fault)), 16)
  FROM (SELECT seq, UTC_TIMESTAMP(3) - INTERVAL (6000 - seq) * ${days} * 14 SECOND AS at, seq % 17 AS fault,
               ELT(1 + seq % 4, 'INVALID', 'NOT_WELL_FORMED', 'UNKNOWN_ORGANIZATION', 'CONFLICT') AS reason
          FROM seq_1_to_6000) made;
