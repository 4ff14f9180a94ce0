/** Starts the database, migrates, boots the server; the only room that knows Payara. */
@NullMarked
package org.waybill.launch;

import org.jspecify.annotations.NullMarked;
