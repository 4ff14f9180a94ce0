-- A document longer than 4,096 characters is kept packed, shorter ones as they were, and xml is the document either way: plain SQL
-- reads it as before (docs/adr/0005). Nothing that is stored is rewritten.
ALTER TABLE normalized_cdrs
  CHANGE COLUMN xml plain LONGTEXT NULL COMMENT 'the accepted document where it is short, else null; LONGTEXT because it was one for all of them once';
ALTER TABLE normalized_cdrs
  ADD COLUMN packed LONGBLOB NULL COMMENT 'the accepted document in the format of COMPRESS() where it is long, else null';
ALTER TABLE normalized_cdrs
  ADD COLUMN xml LONGTEXT GENERATED ALWAYS AS (COALESCE(plain, CONVERT(UNCOMPRESS(packed) USING utf8mb4))) VIRTUAL COMMENT 'the accepted document';
