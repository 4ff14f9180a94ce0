/** Turns one dialect's document into our one kind of CDR. */
@NullMarked
package org.waybill.normalize;

import org.jspecify.annotations.NullMarked;
