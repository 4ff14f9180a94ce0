package org.waybill.launch;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * SIGTERM and Ctrl-C. A shutdown hook could not do: all hooks run at once, Payara's too, and the
 * exit status would be 143. Reached by reflection since the compiler warns of this class by name.
 */
final class Signals {
  private static final List<String> STOP = List.of("TERM", "INT");

  private Signals() {}

  static void onStop(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                new Thread(action, "waybill-stop").start();
                return null;
              });
      for (String name : STOP) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException e) {
      throw new StartException("WB-START-10", "Signals cannot be handled on this JVM: " + e, e);
    }
  }
}
