package io.nepenthe.report.view;

import io.nepenthe.plugin.EditedPart;
import io.nepenthe.summary.SummaryRow;
import org.jspecify.annotations.Nullable;

/**
 * A row of the tables.
 *
 * @param id of the plugin, or {@link SummaryRow#ORIGINAL}
 * @param label as printed, different for different methods
 * @param group heading of its kind, as printed
 * @param look colour and marker in every chart
 * @param edits what it edits; null unless it is an unlearning method
 * @param retrains true if its models never saw the artifacts
 */
public record MethodView(
    String id,
    String label,
    String group,
    MethodLook look,
    @Nullable EditedPart edits,
    boolean retrains) {
  public boolean isOriginal() {
    return id.equals(SummaryRow.ORIGINAL);
  }

  public boolean isControl() {
    return group.equals(MethodOrder.CONTROLS);
  }
}
