package org.waybill.cdr;

import java.util.UUID;

/** Where a stored CDR is found, and what it said. */
public record StoredKey(long id, UUID uuid, TableSuffix tableSuffix, ContentHash contentHash) {}
