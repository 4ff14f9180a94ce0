/** Lets operators see and steer: a page and its JSON call ask the same query. */
@NullMarked
package org.waybill.console;

import org.jspecify.annotations.NullMarked;
