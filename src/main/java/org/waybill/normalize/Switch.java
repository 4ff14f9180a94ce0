package org.waybill.normalize;

import org.jspecify.annotations.Nullable;

/**
 * The switch that made a document, as it names itself there.
 *
 * @param name for people
 * @param instance another one after each restart
 */
public record Switch(String name, @Nullable String instance) {}
