package io.nepenthe.report.view;

import io.nepenthe.summary.SummaryRow;

/**
 * A row of the tables.
 *
 * @param id of the plugin, or {@link SummaryRow#ORIGINAL}
 * @param label as printed, different for different methods
 * @param group heading of its kind, as printed
 * @param look colour and marker in every chart
 */
public record MethodView(String id, String label, String group, MethodLook look) {
  public boolean isOriginal() {
    return id.equals(SummaryRow.ORIGINAL);
  }

  public boolean isControl() {
    return group.equals(MethodOrder.CONTROLS);
  }
}
