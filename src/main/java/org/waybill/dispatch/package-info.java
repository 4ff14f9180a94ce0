/** Drives due deliveries through gateways until they are settled. */
@NullMarked
package org.waybill.dispatch;

import org.jspecify.annotations.NullMarked;
