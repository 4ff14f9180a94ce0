/** Calls whose lifecycle events come from a message broker, in any order. */
@NullMarked
package org.waybill.call.events;

import org.jspecify.annotations.NullMarked;
