-- A session may be opened by an OpenID provider: then it belongs to no user of ours.
ALTER TABLE sessions
  MODIFY id_users         INT          NULL COMMENT 'whose password opened it; null: a provider did',
  MODIFY password_digest  BINARY(32)   NOT NULL COMMENT 'of the password that opened it, or of the settings of the provider: new ones end its sessions',
  ADD caller              VARCHAR(128) NULL COMMENT 'whom a provider vouched for, as audit_log.who names them',
  ADD roles               VARCHAR(255) NULL COMMENT 'of the caller, when the session began',
  ADD id_token            MEDIUMTEXT   NULL COMMENT 'what the provider vouched with; it wants that back at the sign-out';
