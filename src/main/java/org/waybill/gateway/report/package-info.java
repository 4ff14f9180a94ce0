/** Tells consumers of finished calls, many in one batch, by HTTP or as a file. */
@NullMarked
package org.waybill.gateway.report;

import org.jspecify.annotations.NullMarked;
