/**
 * Measures a running {@code waybill.jar} on one machine in one run: {@code mvn -Pbench}. Client,
 * server, database and gateway share its cores, so ratios mean more than figures.
 */
@NullMarked
package org.waybill.bench;

import org.jspecify.annotations.NullMarked;
