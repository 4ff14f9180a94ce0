package org.waybill.operation;

/** A node's right to work on an operation: whoever takes it next has another epoch. */
record Lease(long operation, long epoch) {}
