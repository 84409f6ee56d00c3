package io.nepenthe.mitigation;

import io.nepenthe.model.LanguageModel;
import java.util.Map;

/**
 * How fast this machine passes the rows of a mitigation through its model.
 *
 * @param secondsPerPass of one row, forward
 * @param measuringSeconds of the judge, for one mitigated model
 * @param quantities what methods say they cost is counted in
 */
public record ModelSpeed(
    double secondsPerPass, double measuringSeconds, Map<String, Double> quantities) {
  /** Copies the map. */
  public ModelSpeed {
    quantities = Map.copyOf(quantities);
  }

  static ModelSpeed of(LanguageModel model, PreparedRows rows) {
    return new ModelSpeed(
        rows.secondsPerPass(),
        rows.measuringSeconds(),
        Map.of(
            "forget-set", (double) rows.forget(),
            "retain-set", (double) rows.retain(),
            "extra", (double) rows.retain(),
            "neurons", (double) model.layers() * model.hiddenUnits(),
            "parameters", (double) model.layout().size()));
  }
}
