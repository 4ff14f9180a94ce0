package org.waybill.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** The screens that there are to see of a scene. */
record Screens(Scene scene) {
  /** Addresses with names for pictures. */
  Map<String, String> addresses() {
    Map<String, String> screens = new LinkedHashMap<>();
    screens.put("/", "overview");
    screens.put("/cdrs", "cdrs");
    screens.put("/cdrs?from=tomorrow", "cdrs-wrong");
    screens.put("/cdrs?callingNumber=0", "cdrs-none");
    screens.put("/cdrs/" + raw(), "cdr");
    screens.put("/tasks", "tasks");
    screens.put("/tasks/rerun?state=failed", "rerun");
    screens.put("/tasks/rerun?state=pending", "rerun-wrong");
    screens.put("/errors", "errors");
    screens.put("/tasks/" + scene.failed().get(0), "task");
    screens.put("/tasks/999999999", "missing");
    screens.put("/rejected-cdrs", "rejected");
    scene
        .items("/api/rejected-cdrs")
        .forEach(one -> screens.put("/rejected-cdrs/" + one.getInt("id"), "rejected-document"));
    screens.put("/gateways", "gateways");
    screens.put("/gateways/2", "gateway");
    screens.put("/operations", "operations");
    screens.put("/operations/" + operation(), "operation");
    screens.put("/statistics?groupBy=hour", "statistics");
    screens.put("/statistics?groupBy=direction", "statistics-by-direction");
    screens.put("/statistics/tasks?groupBy=org", "statistics-tasks");
    screens.put("/statistics/ledger", "ledger");
    screens.put("/organizations", "organizations");
    screens.put("/organizations/1001", "organization");
    screens.put("/organizations/users", "users");
    screens.put("/organizations/keys", "keys");
    screens.put("/organizations/task-rules", "task-rules");
    screens.put("/retention", "retention");
    screens.put("/retries", "retries");
    screens.put("/retries?schedule=PT10S,PT5M,PT1H", "retries-other");
    screens.put("/retries?schedule=PT5X,-PT1S", "retries-wrong");
    screens.put("/audit", "audit");
    screens.put("/login", "login");
    return screens;
  }

  String raw() {
    return scene.items("/api/cdrs?source=freeswitch").get(0).getString("uuid");
  }

  private int operation() {
    if (scene.items("/api/operations").isEmpty()) {
      String one = "{\"filter\":{\"cdr\":\"" + raw() + "\"}}";
      scene.admin.post("/api/tasks/rerun", one);
    }
    return scene.items("/api/operations").get(0).getInt("id");
  }
}
