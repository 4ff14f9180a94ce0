package org.waybill.normalize.freeswitch;

/**
 * A channel variable as it stands in a document.
 *
 * @param name exactly as the switch named it, whether or not XML can name an element so
 * @param encoded as it stands there after XML or JSON is unescaped: still percent-encoded
 * @param line from 1, of its beginning in the decoded document
 * @param column from 1
 */
record RawVariable(String name, String encoded, int line, int column) {}
