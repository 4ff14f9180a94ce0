/** Brings Avaya's call records, a line or the segments of a call each, to our CDR. */
@NullMarked
package org.waybill.normalize.smdr;

import org.jspecify.annotations.NullMarked;
