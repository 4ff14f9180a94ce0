package org.waybill.task;

/** A task as its sender is told of it. */
public record StoredTask(long id, long cdrId, String type, Priority priority) {}
