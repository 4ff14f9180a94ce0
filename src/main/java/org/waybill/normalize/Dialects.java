package org.waybill.normalize;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Every kind of raw document that is understood. */
@ApplicationScoped
public class Dialects {
  private final Iterable<Dialect> all;

  @Inject
  public Dialects(@Any Instance<Dialect> all) {
    this((Iterable<Dialect>) all);
  }

  public Dialects(Iterable<Dialect> all) {
    this.all = all;
  }

  /** For the proxy of CDI only. */
  protected Dialects() {
    this(List.of());
  }

  /** The one that calls itself so; empty when none does. */
  public Optional<Dialect> find(String format) {
    for (Dialect dialect : all) {
      if (dialect.format().equals(format)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }
}
