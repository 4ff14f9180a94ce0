package org.waybill.report;

/** How many tasks of a group there were, and how far they are. */
public record TaskFigures(
    String group, long tasks, long pending, long done, long failed, long cancelled) {}
