/** Makes stored CDRs anew from their raw documents, when a mapping has changed. */
@NullMarked
package org.waybill.amend;

import org.jspecify.annotations.NullMarked;
