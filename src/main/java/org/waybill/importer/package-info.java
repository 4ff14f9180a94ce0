/** The command {@code import}: sends the files of a directory to a server, over HTTP. */
@NullMarked
package org.waybill.importer;

import org.jspecify.annotations.NullMarked;
