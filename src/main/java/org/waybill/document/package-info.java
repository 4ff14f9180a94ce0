/** Reads untrusted XML safely and proves it against the published schema. */
@NullMarked
package org.waybill.document;

import org.jspecify.annotations.NullMarked;
