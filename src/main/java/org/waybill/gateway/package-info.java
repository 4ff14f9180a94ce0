/** Speaks to one outside system and returns a verdict. */
@NullMarked
package org.waybill.gateway;

import org.jspecify.annotations.NullMarked;
