package org.waybill.operation;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.waybill.platform.Database;

/** Operations that other rooms' tests start and finish on their own thread. */
public final class Inline {
  public final Operations operations;
  private final Shift shift;

  public Inline(Database database, OperationKind... kinds) {
    this(database, Duration.ofSeconds(60), kinds);
  }

  /**
   * @param dead when the work of one that died may be taken over
   */
  public Inline(Database database, Duration dead, OperationKind... kinds) {
    operations = new Operations(database, List.of(kinds));
    shift =
        new Shift(
            new OperationRoom(
                database,
                new OperationLeases("test", dead),
                new OperationKinds(List.of(kinds)),
                Clock.systemUTC(),
                OperationTimes.DEFAULT));
  }

  /** Starts one, and works on it until nothing is left to do. */
  public Operation run(String kind, String filter) {
    long id = operations.start(new NewOperation(kind, filter, null, "anna", "the cause is gone"));
    finish();
    return operations.find(id).orElseThrow();
  }

  public void finish() {
    while (shift.turn().isZero()) {}
  }
}
