package io.nepenthe.report;

import io.nepenthe.selection.SummaryRow;

/**
 * A row of the tables.
 *
 * @param id of the plugin, or {@link SummaryRow#ORIGINAL}
 * @param label as printed, different for different methods
 * @param group heading of its kind, as printed
 * @param look colour and marker in every chart
 */
record Method(String id, String label, String group, MethodLook look) {
  boolean isOriginal() {
    return id.equals(SummaryRow.ORIGINAL);
  }

  boolean isControl() {
    return group.equals(MethodOrder.CONTROLS);
  }
}
