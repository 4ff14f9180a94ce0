/** Brings calls that were put together from their lifecycle events to our CDR. */
@NullMarked
package org.waybill.normalize.lifecycle;

import org.jspecify.annotations.NullMarked;
