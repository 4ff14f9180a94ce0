package org.waybill.cdr;

/**
 * A CDR made anew from its raw document; uuid, day and organization are as before.
 *
 * @param mapping version of the mapping that made it
 * @param repairs what was mended in the raw document, a JSON array
 */
public record RemadeCdr(Cdr cdr, KeptXml xml, int mapping, String repairs) {}
