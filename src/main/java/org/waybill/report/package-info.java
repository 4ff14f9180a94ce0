/** Answers questions about what happened; never writes. */
@NullMarked
package org.waybill.report;

import org.jspecify.annotations.NullMarked;
