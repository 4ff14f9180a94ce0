package org.waybill.cdr;

/** One entry of a CDR's {@code variables}; a name may come more than once and then is a list. */
public record Variable(String name, String value) {}
