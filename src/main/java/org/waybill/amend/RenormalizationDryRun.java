package org.waybill.amend;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.OperationKind;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;

/** Tells what {@link Renormalization} would change, value by value, and changes nothing. */
@ApplicationScoped
public class RenormalizationDryRun implements OperationKind {
  public static final String NAME = "cdr.renormalize-dry-run";

  private final Database database;
  private final Remaker remaker;

  @Inject
  public RenormalizationDryRun(Database database, Remaker remaker) {
    this.database = database;
    this.remaker = remaker;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected RenormalizationDryRun() {
    this(null, null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Selection select(String filter) {
    return CdrSelection.select(database, filter);
  }

  @Override
  public List<String> page(Order order, @Nullable String after, int limit) {
    return CdrSelection.page(database, order, after, limit);
  }

  @Override
  public int pageSize() {
    return Renormalization.PAGE;
  }

  @Override
  public Work begin(Order order, List<String> items) {
    Map<Long, Remaking> remakings = remaker.remake(items.stream().map(Long::valueOf).toList());
    List<ItemOutcome> outcomes =
        items.stream().map(item -> Told.of(item, remakings.get(Long.valueOf(item)))).toList();
    return connection -> outcomes;
  }
}
