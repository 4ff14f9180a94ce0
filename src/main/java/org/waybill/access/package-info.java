/** Whose data it is and who may touch it: organizations, users, keys, roles. */
@NullMarked
package org.waybill.access;

import org.jspecify.annotations.NullMarked;
