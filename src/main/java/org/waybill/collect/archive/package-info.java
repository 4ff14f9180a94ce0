/** Takes uploads apart into documents, whatever they are packed in, in constant memory. */
@NullMarked
package org.waybill.collect.archive;

import org.jspecify.annotations.NullMarked;
