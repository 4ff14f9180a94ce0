package org.waybill.amend;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.OperationKind;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;
import org.waybill.task.WorkBell;

/**
 * Makes all CDRs that match anew from their raw documents, where the mappings of today make
 * something else of them, and sends again what that changes for gateways. All of it is in the
 * transaction of the operation's progress, so it is done once whatever crashes.
 */
@ApplicationScoped
public class Renormalization implements OperationKind {
  public static final String NAME = "cdr.renormalize";

  static final int PAGE = 200;

  private final Database database;
  private final Remaker remaker;
  private final Rewriting rewriting;
  private final WorkBell bell;

  @Inject
  public Renormalization(Database database, Remaker remaker, Rewriting rewriting, WorkBell bell) {
    this.database = database;
    this.remaker = remaker;
    this.rewriting = rewriting;
    this.bell = bell;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Renormalization() {
    this(null, null, null, null);
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
    return PAGE;
  }

  @Override
  public Work begin(Order order, List<String> items) {
    Map<Long, Remaking> remakings = remaker.remake(items.stream().map(Long::valueOf).toList());
    List<Remaking.Changed> changed = new ArrayList<>();
    for (Remaking remaking : remakings.values()) {
      if (remaking instanceof Remaking.Changed one) {
        changed.add(one);
      }
    }
    return new Work() {
      @Override
      public List<ItemOutcome> finish(Connection connection) throws SQLException {
        Set<Long> written = rewriting.write(connection, changed);
        return items.stream()
            .map(item -> outcome(item, remakings.get(Long.valueOf(item)), written))
            .toList();
      }

      @Override
      public void committed() {
        bell.ring();
      }
    };
  }

  private static ItemOutcome outcome(String item, @Nullable Remaking remaking, Set<Long> written) {
    return remaking instanceof Remaking.Changed && !written.contains(Long.valueOf(item))
        ? ItemOutcome.failed(
            item, "It was made anew by another operation meanwhile, or its day is leaving.")
        : Told.of(item, remaking);
  }
}
