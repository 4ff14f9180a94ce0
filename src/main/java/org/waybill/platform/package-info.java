/** The ground: settings, clock, database, health, metrics. */
@NullMarked
package org.waybill.platform;

import org.jspecify.annotations.NullMarked;
