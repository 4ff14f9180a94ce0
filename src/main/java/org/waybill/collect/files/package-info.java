/** Collects the files that a switch parked in a directory while it could not send them. */
@NullMarked
package org.waybill.collect.files;

import org.jspecify.annotations.NullMarked;
