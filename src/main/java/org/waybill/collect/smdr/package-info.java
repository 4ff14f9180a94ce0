/** Takes Avaya's call records over TCP, a line each, as fast as they become durable. */
@NullMarked
package org.waybill.collect.smdr;

import org.jspecify.annotations.NullMarked;
