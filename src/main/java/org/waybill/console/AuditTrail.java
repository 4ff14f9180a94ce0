package org.waybill.console;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.platform.Database;

/** Writes down who steered what, right after it was done. */
@Dependent
class AuditTrail {
  private final Database database;

  @Inject
  AuditTrail(Database database) {
    this.database = database;
  }

  void record(SecurityContext security, String action, String subject, @Nullable String detail) {
    String who = Caller.of(security.getUserPrincipal()).name();
    Audit.Entry entry = new Audit.Entry(who, action, subject, null, detail);
    database.transact(
        "write the audit log",
        connection -> {
          Audit.record(connection, entry);
          return true;
        });
  }
}
