package org.waybill.report;

import java.time.Instant;

/**
 * What the circuit of a gateway did.
 *
 * @param from closed, open or half_open
 * @param to the same
 * @param trips openings in a row by then
 * @param node whose clock it was
 */
public record CircuitChange(
    long id, Instant at, String from, String to, String reason, int trips, int node) {}
