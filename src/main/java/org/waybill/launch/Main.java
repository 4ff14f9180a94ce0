package org.waybill.launch;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * {@code java -jar waybill.jar}. Alone at the root of the jar, since whatever is there stands in
 * the system class loader, before the same classes of the application: all else is loaded apart.
 */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    URI jar = Main.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    URL[] boot = {new URL("jar:" + jar + "!/boot/")};
    try (URLClassLoader loader = new URLClassLoader(boot, ClassLoader.getPlatformClassLoader())) {
      loader
          .loadClass("org.waybill.launch.Boot")
          .getMethod("main", Path.class, String[].class)
          .invoke(null, Path.of(jar), arguments);
    }
  }
}
