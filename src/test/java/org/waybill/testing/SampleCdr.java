package org.waybill.testing;

import java.util.UUID;

/** A CDR of organization 1001 as a switch sends it. */
public final class SampleCdr {
  /** Makes that organization in a fresh database. */
  public static final String ORGANIZATION =
      "INSERT INTO organizations (id, name, created_at) VALUES (1001, 'Example', NOW(3))";

  private SampleCdr() {}

  /** With a task that has that many items of each kind. */
  public static String forGateways(UUID uuid, int storageItems, int analyticsItems) {
    String task =
        """
        <task type="CDRToSGAPI" priority="high"><rmDispStoreItems>%d</rmDispStoreItems>\
        <rmAnalyticsItems>%d</rmAnalyticsItems></task>"""
            .formatted(storageItems, analyticsItems);
    return of(uuid, "<billsec>1</billsec>", task);
  }

  /**
   * Any.
   *
   * @param variables XML elements
   * @param tasks XML elements
   */
  public static String of(UUID uuid, String variables, String tasks) {
    return """
        <cdr><data><uuid>%s</uuid><TimeZoneOffset>0</TimeZoneOffset>\
        <StartEpoch>1705312800</StartEpoch><TableSuffix>20240115</TableSuffix>\
        <LegUUID>%s</LegUUID><rmOrgID>1001</rmOrgID><rmUserID>u</rmUserID>\
        <variables>%s</variables></data><tasks>%s</tasks></cdr>"""
        .formatted(uuid, uuid, variables, tasks);
  }
}
