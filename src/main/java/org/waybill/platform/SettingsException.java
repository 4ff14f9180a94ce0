package org.waybill.platform;

import java.util.List;

/** The settings cannot be used; says everything that is wrong with them at once. */
public class SettingsException extends WaybillException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial")
  private final List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each, which says what to change. */
  public List<String> problems() {
    return problems;
  }
}
