package org.waybill.testing;

import java.io.File;
import java.net.URI;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What container tests deploy: the WAR as it is shipped, and what the tests themselves need. */
public final class Deployments {
  private Deployments() {}

  /**
   * For tests that run inside: without our authentication, which would turn away Arquillian's own
   * requests.
   */
  public static WebArchive openWar() {
    WebArchive war = war();
    war.delete("/WEB-INF/classes/org/waybill/access/WaybillAuthentication.class");
    return war;
  }

  public static WebArchive war() {
    URI assertj =
        URI.create(Assertions.class.getProtectionDomain().getCodeSource().getLocation().toString());
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/waybill.war"))
        .addAsLibraries(new File(assertj));
  }
}
