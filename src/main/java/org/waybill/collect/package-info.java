/**
 * Receives documents from every kind of sender, answers each honestly, keeps what cannot be a CDR.
 */
@NullMarked
package org.waybill.collect;

import org.jspecify.annotations.NullMarked;
