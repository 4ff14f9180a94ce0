package org.waybill.task;

/** A rule as it is kept. */
public record TaskRule(int id, NewTaskRule rule) {}
