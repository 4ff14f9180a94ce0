/** What a call detail record is and where each day of them is kept. */
@NullMarked
package org.waybill.cdr;

import org.jspecify.annotations.NullMarked;
