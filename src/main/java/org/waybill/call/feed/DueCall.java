package org.waybill.call.feed;

import java.time.Instant;

/** A call of which something is to be made. */
record DueCall(long callId, int rmOrgId, long version, Instant learntAt) {}
