/**
 * Long operator actions: they go on over restarts, can be paused and cancelled, and tell how far
 * they are.
 */
@NullMarked
package org.waybill.operation;

import org.jspecify.annotations.NullMarked;
