package org.waybill.launch;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.PayaraMicroBoot;
import fish.payara.micro.boot.loader.OpenURLClassLoader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Payara Micro in this JVM, configured by the files of {@code payara-config/}. */
final class Payara {
  private static final Logger LOG = System.getLogger(Payara.class.getName());
  private static final long DRAIN_SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NAME = "waybill";
  private static final long POLL_MILLIS = 50;

  private final PayaraMicroBoot server;
  private final int port;

  private Payara(PayaraMicroBoot server, int port) {
    this.server = server;
    this.port = port;
  }

  static Payara boot(
      Path runtime, Path temporary, int port, DatabaseAccess database, @Nullable Https https) {
    // Not named waybill.*: those are the operator's, and an unknown one is an error.
    System.setProperty("org.waybill.pool.url", database.url());
    System.setProperty("org.waybill.pool.user", database.user());
    System.setProperty("org.waybill.pool.password", database.password());
    System.setProperty("org.waybill.pool.schema", database.schema());
    Path root = temporary.resolve("payara");
    Path configuration = runtime.resolve("payara-config");
    try {
      Files.createDirectories(root);
      List<String> options =
          new ArrayList<>(
              List.of(
                  "--nohazelcast",
                  "--disablephonehome",
                  "--rootdir",
                  root.toString(),
                  "--port",
                  Integer.toString(port),
                  "--minhttpthreads",
                  "16",
                  "--maxhttpthreads",
                  "512",
                  "--logproperties",
                  configuration.resolve("logging.properties").toString(),
                  "--prebootcommandfile",
                  preBoot(configuration, temporary, https).toString(),
                  "--postbootcommandfile",
                  configuration.resolve("post-boot.asadmin").toString(),
                  "--addlibs",
                  driver(runtime).toString()));
      if (https != null) {
        options.addAll(List.of("--sslport", Integer.toString(https.port())));
      }
      return new Payara(create(runtime, options.toArray(String[]::new)), port);
    } catch (ReflectiveOperationException | IOException e) {
      throw new StartException("WB-START-11", "Payara Micro did not start: " + e, e);
    }
  }

  /** Payara takes one file. */
  private static Path preBoot(Path configuration, Path temporary, @Nullable Https https)
      throws IOException {
    Path always = configuration.resolve("pre-boot.asadmin");
    if (https == null) {
      return always;
    }
    System.setProperty("org.waybill.https.password", https.password());
    List<String> commands = new ArrayList<>(Files.readAllLines(always));
    commands.addAll(Files.readAllLines(configuration.resolve("https.asadmin")));
    if (https.asksClients()) {
      commands.addAll(Files.readAllLines(configuration.resolve("https-clients.asadmin")));
    }
    return Files.write(temporary.resolve("pre-boot.asadmin"), commands);
  }

  /**
   * What PayaraMicroLauncher.create() does, except that it would unpack Payara's jars once more and
   * look for its own classes in the system class loader, where only {@link Main} is. Boots.
   */
  private static PayaraMicroBoot create(Path runtime, String[] options)
      throws ReflectiveOperationException, IOException {
    System.setProperty("fish.payara.micro.UnpackDir", runtime.toString());
    System.setProperty(
        "fish.payara.micro.BootJar", runtime.resolve(RuntimeFiles.PAYARA).toUri().toString());
    Path jars = runtime.resolve("payara");
    OpenURLClassLoader loader =
        new OpenURLClassLoader(
            RuntimeFiles.urls(RuntimeFiles.in(jars)), PayaraMicroBoot.class.getClassLoader());
    loader.addURL(jars.toUri().toURL()); // its resource adapters are found as files
    Thread.currentThread().setContextClassLoader(loader);
    Object server =
        loader
            .loadClass("fish.payara.micro.impl.PayaraMicroImpl")
            .getMethod("create", String[].class)
            .invoke(null, (Object) options);
    return (PayaraMicroBoot) Objects.requireNonNull(server);
  }

  /** Returns when the first request will succeed. */
  void deploy(Path war) throws InterruptedException {
    PayaraMicroRuntime payara = server.getRuntime();
    // A failed deployment may report success, but leaves no application.
    if (!payara.deploy(NAME, "/", war.toFile())
        || !payara.getDeployedApplicationNames().contains(NAME)) {
      throw notDeployed("see the messages above");
    }
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/ready"))
            .timeout(PATIENCE)
            .build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    String answer = "";
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> response = client.send(question, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return;
        }
        answer = response.statusCode() + " " + response.body();
      } catch (IOException e) {
        answer = e.toString();
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw notDeployed("its last answer to /health/ready was " + answer);
  }

  /** Lets requests in flight finish, refusing others, and then ends everything else. */
  void shutdown() throws BootstrapException {
    try {
      Object finished =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("org.waybill:type=Drain"),
                  "drain",
                  new Object[] {DRAIN_SECONDS},
                  new String[] {long.class.getName()});
      if (Boolean.FALSE.equals(finished)) {
        LOG.log(Level.WARNING, "Some requests took too long and are broken off.");
      }
    } catch (InstanceNotFoundException e) {
      LOG.log(Level.DEBUG, "Stopped before the application was there.");
    } catch (JMException e) {
      LOG.log(Level.WARNING, "Requests in flight could not be waited for.", e);
    }
    server.shutdown();
  }

  private static StartException notDeployed(String why) {
    return new StartException("WB-START-12", "The application did not become ready; " + why + ".");
  }

  private static Path driver(Path runtime) {
    return RuntimeFiles.in(runtime.resolve("launch")).stream()
        .filter(jar -> jar.getFileName().toString().startsWith("mysql-connector"))
        .findFirst()
        .orElseThrow();
  }
}
