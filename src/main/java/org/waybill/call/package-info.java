/**
 * Calls that come in pieces: receives their events and feeds, keeps every piece, puts them
 * together, hands finished calls to {@code collect} and changes to {@code amend}.
 */
@NullMarked
package org.waybill.call;

import org.jspecify.annotations.NullMarked;
