package org.waybill.importer;

import java.net.URI;
import java.nio.file.Path;

/**
 * What is to be sent where, and how.
 *
 * @param server its address without a slash at the end
 * @param move whether settled files are moved
 */
record ImportPlan(
    Path directory,
    URI server,
    String key,
    String format,
    int connections,
    int retries,
    boolean move) {}
