package org.waybill.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;

/** Gives the container of the Arquillian tests a database before it starts. */
public final class ContainerDatabase implements LoadableExtension {
  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(Start.class);
  }

  /** Runs before Arquillian's own observer, which starts the container at the same event. */
  public static final class Start {
    void writeSettings(@Observes(precedence = 100) BeforeSuite event) throws IOException {
      TestDatabase database = TestDatabase.fresh();
      Properties properties = new Properties();
      properties.setProperty("org.waybill.pool.url", database.url());
      properties.setProperty("org.waybill.pool.user", database.user());
      properties.setProperty("org.waybill.pool.password", database.password());
      properties.setProperty("org.waybill.pool.schema", database.name());
      Path directory = Path.of("target", "arquillian-" + System.getProperty("waybill.test.fork"));
      properties.setProperty("waybill.data.dir", directory.toAbsolutePath().toString());
      Files.createDirectories(directory);
      try (OutputStream file = Files.newOutputStream(directory.resolve("container.properties"))) {
        properties.store(file, null);
      }
    }
  }
}
