/** Knows which switches send, how much is usual for each, and which of them has fallen silent. */
@NullMarked
package org.waybill.collect.switches;

import org.jspecify.annotations.NullMarked;
