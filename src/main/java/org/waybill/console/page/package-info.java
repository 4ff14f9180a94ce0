/** The same as HTML: what people see and steer in a browser. */
@NullMarked
package org.waybill.console.page;

import org.jspecify.annotations.NullMarked;
