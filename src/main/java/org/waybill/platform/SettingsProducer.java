package org.waybill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings inside a server, from MicroProfile Config: system properties win over environment.
 */
@ApplicationScoped
class SettingsProducer {
  @Produces
  @Singleton
  Settings settings() {
    Config config = ConfigProvider.getConfig();
    List<String> names = new ArrayList<>();
    config.getPropertyNames().forEach(names::add);
    return Settings.from(
        property -> config.getOptionalValue(property, String.class).orElse(null), names);
  }
}
