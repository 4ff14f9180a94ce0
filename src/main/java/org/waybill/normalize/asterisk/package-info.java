/** Brings the records of Asterisk's cdr_csv to our CDR. */
@NullMarked
package org.waybill.normalize.asterisk;

import org.jspecify.annotations.NullMarked;
