/** Polls the feeds of a call-flow platform, and puts its calls together from what they bring. */
@NullMarked
package org.waybill.call.feed;

import org.jspecify.annotations.NullMarked;
