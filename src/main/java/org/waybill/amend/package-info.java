/** Makes stored CDRs anew: when a mapping has changed, or what they are made of. */
@NullMarked
package org.waybill.amend;

import org.jspecify.annotations.NullMarked;
