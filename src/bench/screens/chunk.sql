-- CDRs ${first} to ${last} of ${cdrs}, with two tasks each, as a day's work leaves them behind.
SET SESSION unique_checks = 0;
SET SESSION time_zone = '+00:00';

CREATE TEMPORARY TABLE made ENGINE = InnoDB AS
SELECT seq AS id, start, DATE_FORMAT('1970-01-01' + INTERVAL start SECOND, '%Y%m%d') AS day,
       '1970-01-01' + INTERVAL start + 30 + billsec SECOND AS received,
       CONCAT(LEFT(hash, 12), '4', SUBSTR(hash, 14, 3), '8', SUBSTR(hash, 18, 15)) AS hex,
       CASE WHEN seq % 400000 = 7 THEN 1199 WHEN u1 < 400 THEN 1000 ELSE 1001 + FLOOR(198 * POW(u2 / 1000, 2)) END AS org,
       CASE WHEN u2 % 20 = 0 THEN '+49301000000' WHEN u2 % 33 = 1 THEN NULL
            ELSE CONCAT('+49', 30 + u2 % 60, LPAD(FLOOR(400000 * POW(u3 / 1000000, 2)), 7, '0')) END AS calling,
       CONCAT(ELT(1 + u3 % 4, '+49', '+33', '+44', '0'), 20 + u1 % 70, LPAD(FLOOR(600000 * POW(u4 / 1000000, 2)), 7, '0')) AS called,
       IF(u4 % 100 < 55, 'inbound', IF(u4 % 100 < 99, 'outbound', 'internal')) AS direction,
       CASE WHEN billsec > 0 THEN IF(seq % 100000 = 99, 'MEDIA_TIMEOUT', 'NORMAL_CLEARING')
            WHEN seq % 500000 = 1234 THEN 'BEARERCAPABILITY_NOTAVAIL'
            ELSE ELT(1 + u3 % 6, 'NO_ANSWER', 'NO_ANSWER', 'USER_BUSY', 'ORIGINATOR_CANCEL', 'CALL_REJECTED', 'NORMAL_TEMPORARY_FAILURE') END AS cause,
       billsec, IF(u1 % 10 = 0, CONCAT('operator ', u2 % 40), NULL) AS operator,
       CASE WHEN u1 % 10 < 8 THEN 'cdr-normalized' WHEN u1 % 10 = 8 THEN 'freeswitch' ELSE 'smdr' END AS source
  FROM (SELECT seq, MD5(seq) AS hash, ${begin} + FLOOR(seq * ${days} * 86400 / (${cdrs} + 1)) - CRC32(CONCAT('j', seq)) % 300 AS start,
               CRC32(CONCAT('a', seq)) % 1000 AS u1, CRC32(CONCAT('b', seq)) % 1000 AS u2, CRC32(CONCAT('c', seq)) % 1000000 AS u3,
               CRC32(CONCAT('d', seq)) % 1000000 AS u4,
               IF(CRC32(CONCAT('e', seq)) % 100 < 65, 1 + FLOOR(EXP((CRC32(CONCAT('f', seq)) % 8300) / 1000)), 0) AS billsec
          FROM seq_${first}_to_${last}) drawn;

INSERT INTO normalized_cdrs (id, plain, uuid, TableSuffix, rmOrgID, source, received_at, start_epoch, calling_number, called_number, direction,
  hangup_cause, billsec, operator_name)
SELECT id, CONCAT('<cdr><data><uuid>', LOWER(CONCAT_WS('-', LEFT(hex, 8), SUBSTR(hex, 9, 4), SUBSTR(hex, 13, 4), SUBSTR(hex, 17, 4), RIGHT(hex, 12))),
         '</uuid><TimeZoneOffset>60</TimeZoneOffset><StartEpoch>', start, '</StartEpoch><TableSuffix>', day, '</TableSuffix><rmOrgID>', org,
         '</rmOrgID><rmUserID>user_42</rmUserID><variables>', IF(calling IS NULL, '', CONCAT('<caller_id_number>', calling, '</caller_id_number>')),
         '<destination_number>', called, '</destination_number><call_direction>', direction, '</call_direction><billsec>', billsec,
         '</billsec><hangup_cause>', cause, '</hangup_cause>', IF(operator IS NULL, '', CONCAT('<operator_name>', operator, '</operator_name>')),
         '<read_codec>opus</read_codec><sip_to_host>sip.example.com</sip_to_host></variables></data><tasks>',
         '<task type="CDRToSGAPI" priority="high"><rmDispStoreItems>1</rmDispStoreItems></task></tasks></cdr>'),
       UNHEX(hex), day, org, source, received, start, calling, called, direction, cause, billsec, operator
  FROM made ORDER BY id;

INSERT INTO raw_cdrs (id_normalized_cdrs, TableSuffix, format, mapping, content_type, body, repairs, sender, received_at)
SELECT id, day, source, 1, 'text/plain', COMPRESS(CONCAT('20261121 10:00:00 ', billsec, ' ', COALESCE(calling, '-'), ' ', called)), '[]', 'key:pbx', received
  FROM made WHERE source <> 'cdr-normalized' ORDER BY id;

INSERT INTO cdr_ranges (first_id, last_id, step, first_day, last_day)
SELECT MIN(id), MAX(id), 1, MIN(day), MAX(day) FROM made;

CREATE TEMPORARY TABLE work ENGINE = InnoDB AS
SELECT 2 * id - odd AS id, id AS cdr, day, org, source, received,
       IF(odd = 1 OR u % 5 > 0, IF(u = 77777, 'ArchiveCall', 'CDRToSGAPI'), 'SendEmail') AS type,
       ELT(1 + (id + odd) % 3, 'high', 'medium', 'low') AS priority, u % 7 AS fault,
       CASE WHEN id > 0.96 * ${cdrs} THEN CASE WHEN u % 100 < 50 THEN 'n' WHEN u % 100 < 69 THEN 'error' ELSE 'y' END
            WHEN u % 1000 = 1 THEN 'cancelled' WHEN u % 2500 = 2 THEN 'error' ELSE 'y' END AS done
  FROM (SELECT made.*, odd, CRC32(CONCAT('t', odd, id)) % 100000 AS u FROM made JOIN (SELECT 1 AS odd UNION ALL SELECT 0) both_tasks) drawn;

INSERT INTO tasks (id, id_normalized_cdrs, task_type, create_time, next_attempt, done, node_index, retry, priority, TableSuffix, rmOrgID, waiting,
  failed, source)
SELECT id, cdr, type, received, IF(done = 'n', received, NULL), done, IF(done = 'n', NULL, 1), IF(done = 'error', 3, 0), priority, day, org,
       done = 'n', done = 'error', source
  FROM work ORDER BY id;

INSERT INTO tasks_data (id_tasks, xml_fragment, TableSuffix)
SELECT id, CASE type WHEN 'SendEmail' THEN CONCAT('<task type="SendEmail" priority="', priority, '"><template>voicemail-notification</template><recipient>desk@example.org</recipient></task>')
         ELSE CONCAT('<task type="', type, '" priority="', priority, '"><rmDispStoreItems>1</rmDispStoreItems><rmDispStorePriority_0>', priority, '</rmDispStorePriority_0></task>') END, day
  FROM work ORDER BY id;

INSERT INTO attempts (id_tasks, kind, item, attempt, TableSuffix, id_gateways, node, started_at, duration_ms, outcome, status, error, response_head)
SELECT id, IF(type = 'SendEmail', 'email', 'storage'), 0, number, day, 1, 1, received + INTERVAL number * 20 SECOND, 5 + fault,
       IF(done = 'error', IF(number < 3, 'retry', 'failed'), 'delivered'), IF(done = 'error', 500 + fault, 200),
       IF(done = 'error', CONCAT('answered ', 500 + fault), NULL), NULL
  FROM work JOIN (SELECT 1 AS number UNION ALL SELECT 2 UNION ALL SELECT 3) tried
 WHERE done = 'error' OR done = 'y' AND number = 1
 ORDER BY id, number;

INSERT INTO tasks_error (id_tasks, description, first_error_date, last_error_date, TableSuffix, error_group, id_gateways, done)
SELECT id, CONCAT('[', received, '] The gateway answered ', 500 + fault, '.\n[', received, '] Retry 1: The gateway answered ', 500 + fault, '.'),
       received, received + INTERVAL 60 SECOND, day, LEFT(MD5(CONCAT('fault', fault)), 16), 1, done
  FROM work WHERE done = 'error' OR done = 'y' AND cdr % 100 = 0
 ORDER BY id;

INSERT INTO deliveries (id_gateways, lane, due_at, id_tasks, kind, item, TableSuffix, id_normalized_cdrs, rmOrgID, created_at)
SELECT IF(type = 'CDRToSGAPI', 1, 0), ELT(1 + (cdr + id % 2) % 3, 0, 1, 2), received, id, IF(type = 'SendEmail', 'email', 'storage'), 0, day, cdr, org, received
  FROM work WHERE done = 'n' AND type <> 'ArchiveCall';
