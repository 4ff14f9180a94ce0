package org.waybill.task;

/** One thing that a task must send: item {@code item} (from 0) of its kind. */
public record PlannedDelivery(DeliveryKind kind, int item, Priority priority) {}
