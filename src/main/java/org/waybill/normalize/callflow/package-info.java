/** Brings the calls of a polled call-flow platform, put together from its feeds, to our CDR. */
@NullMarked
package org.waybill.normalize.callflow;

import org.jspecify.annotations.NullMarked;
