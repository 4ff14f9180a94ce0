package org.waybill.console;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources of the server, found by their annotations. */
@ApplicationPath("/")
public class WaybillApplication extends Application {}
