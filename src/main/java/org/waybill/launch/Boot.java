package org.waybill.launch;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.waybill.importer.ImportCommand;
import org.waybill.platform.Settings;
import org.waybill.platform.WaybillException;

/**
 * Checks at once what can be checked at once, unpacks the server that is inside waybill.jar and
 * hands over to {@link Server}.
 *
 * <p>The server runs in class loaders of its own, Payara's below the launcher's, so that the
 * application never meets the launcher's libraries.
 */
public final class Boot {
  /** Java's own default on two processors, one, makes its HTTP client start a thread a request. */
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

  /**
   * Java keeps idle connections to gateways for 20 minutes; what lies between drops them sooner,
   * and the next delivery would be lost in one.
   */
  private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

  private Boot() {}

  /** Called by {@link Main}. */
  public static void main(Path jar, String[] arguments) {
    PrintStream errors = System.err;
    try {
      start(jar, arguments);
    } catch (WaybillException e) {
      errors.println(e.getMessage());
      System.exit(1);
    } catch (ReflectiveOperationException | MalformedURLException e) {
      errors.println("WB-START-99 Waybill could not start: " + e);
      System.exit(1);
    }
  }

  private static void start(Path jar, String[] arguments)
      throws ReflectiveOperationException, MalformedURLException {
    if (arguments.length > 0 && arguments[0].equals("import")) {
      List<String> rest = List.of(arguments).subList(1, arguments.length);
      System.exit(ImportCommand.run(rest, System.out, System.err));
    }
    if (arguments.length > 0) {
      throw new StartException(
          "WB-START-01",
          "Waybill takes no arguments but import, and got \""
              + String.join(" ", arguments)
              + "\"; use WAYBILL_* environment variables instead.");
    }
    Settings settings = Settings.ofProcess();
    if (Runtime.getRuntime().availableProcessors() <= 2
        && System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, "2");
    }
    if (System.getProperty(KEEP_ALIVE) == null) {
      System.setProperty(KEEP_ALIVE, "30");
    }
    DataDirectory data = DataDirectory.lock(settings.dataDir());
    Ports.requireFree(settings.httpPort(), "WAYBILL_HTTP_PORT");
    settings.httpsPort().ifPresent(port -> Ports.requireFree(port, "WAYBILL_HTTPS_PORT"));
    settings.smdr().links().stream()
        .filter(link -> link.host() == null)
        .forEach(link -> Ports.requireFree(link.port(), "the port of " + link.name()));
    System.setProperty("java.io.tmpdir", data.emptyTemporary().toString());
    Path runtime = RuntimeFiles.unpack(jar, data.runtime());
    handOver(runtime);
  }

  private static void handOver(Path runtime)
      throws ReflectiveOperationException, MalformedURLException {
    ClassLoader payara =
        new URLClassLoader(
            RuntimeFiles.urls(List.of(runtime.resolve(RuntimeFiles.PAYARA))),
            ClassLoader.getPlatformClassLoader());
    ClassLoader launcher =
        new URLClassLoader(RuntimeFiles.urls(RuntimeFiles.in(runtime.resolve("launch"))), payara);
    Thread.currentThread().setContextClassLoader(launcher);
    try {
      launcher
          .loadClass("org.waybill.launch.Server")
          .getMethod("main", String.class)
          .invoke(null, runtime.toString());
    } catch (InvocationTargetException e) {
      throw new StartException("WB-START-99", "Waybill could not start: " + e.getCause(), e);
    }
  }
}
