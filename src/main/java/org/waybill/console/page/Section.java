package org.waybill.console.page;

import org.waybill.access.Role;

/** An entry of the navigation, in its order. */
enum Section {
  OVERVIEW("/", "Overview", Role.READER),
  CDRS("/cdrs", "CDRs", Role.READER),
  TASKS("/tasks", "Tasks", Role.READER),
  ERRORS("/errors", "Errors", Role.READER),
  REJECTED("/rejected-cdrs", "Rejected", Role.READER),
  GATEWAYS("/gateways", "Gateways", Role.READER),
  OPERATIONS("/operations", "Operations", Role.READER),
  STATISTICS("/statistics", "Statistics", Role.READER),
  ORGANIZATIONS("/organizations", "Organizations", Role.READER),
  SYSTEM("/retention", "System", Role.READER),
  AUDIT("/audit", "Audit", Role.READER);

  private final String path;
  private final String label;
  private final String role;

  Section(String path, String label, String role) {
    this.path = path;
    this.label = label;
    this.role = role;
  }

  String path() {
    return path;
  }

  String label() {
    return label;
  }

  /** Who may see it. */
  String role() {
    return role;
  }
}
