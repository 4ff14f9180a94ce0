/** Reads what a FreeSWITCH writes, clean or not. */
@NullMarked
package org.waybill.normalize.freeswitch;

import org.jspecify.annotations.NullMarked;
