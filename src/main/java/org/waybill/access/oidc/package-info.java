/** Lets people sign in by an OpenID provider: the authorization code flow, as its client. */
@NullMarked
package org.waybill.access.oidc;

import org.jspecify.annotations.NullMarked;
