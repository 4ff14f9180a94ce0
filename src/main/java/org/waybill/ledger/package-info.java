/**
 * The books of the house: what came in, what became of it, and how far its tasks are, each entry
 * written in the transaction that does the work.
 */
@NullMarked
package org.waybill.ledger;

import org.jspecify.annotations.NullMarked;
