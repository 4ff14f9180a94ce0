/** What must be done about a CDR, where it must go, and how far it has got. */
@NullMarked
package org.waybill.task;

import org.jspecify.annotations.NullMarked;
