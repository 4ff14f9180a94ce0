package org.waybill.document;

import java.util.Map;

/**
 * An element that the schema leaves free: a variable of the call or a field of a task.
 *
 * @param name as written, with its prefix if it has one
 * @param attributes by their names as written, in order
 * @param value its text, with that of elements in it
 * @param markup what it holds beyond plain text (attributes, elements, a namespace) in one spelling
 *     for all ways to write it; empty for a plain element
 */
public record FreeElement(
    String name, Map<String, String> attributes, String value, String markup) {}
