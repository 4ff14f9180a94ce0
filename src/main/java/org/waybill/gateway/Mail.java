package org.waybill.gateway;

/**
 * What one e-mail says, its template filled in.
 *
 * @param idempotencyKey becomes the Message-ID, so that a repeat is recognized
 */
public record Mail(
    String idempotencyKey, int attempt, String recipient, String subject, String body) {}
