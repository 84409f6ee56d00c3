package io.nepenthe.report.paper;

import io.nepenthe.energy.EnergyEstimate;
import io.nepenthe.energy.MachineProfile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The paper's Tables 4 and 5: the constants of its estimate of energy and carbon, and what came.
 */
public final class PaperEnergy {
  private PaperEnergy() {}

  /**
   * Returns Table 4; carbon intensities are not printed there, but Table 5 comes out with these.
   */
  public static List<MachineProfile> machines() {
    return PaperTable.read(4).lines().stream()
        .map(
            line ->
                new MachineProfile(
                    text(line, "machine"),
                    PaperTable.SOURCE + ", Table 4",
                    number(line, "cpu_usage"),
                    number(line, "cpu_watts"),
                    number(line, "gpus").intValue(),
                    number(line, "gpu_usage"),
                    number(line, "gpu_watts"),
                    number(line, "memory_gb"),
                    number(line, "pue"),
                    number(line, "derived_carbon_g_per_kwh")))
        .toList();
  }

  /** Returns Table 5, as printed there. */
  public static List<EnergyEstimate> estimates() {
    return PaperTable.read(5).lines().stream().map(PaperEnergy::estimate).toList();
  }

  private static EnergyEstimate estimate(Map<String, String> line) {
    String machine = text(line, "machine");
    double watts =
        machines().stream()
            .filter(each -> each.name().equals(machine))
            .mapToDouble(MachineProfile::wattsPerNode)
            .findFirst()
            .orElseThrow();
    return new EnergyEstimate(
        machine,
        watts,
        number(line, "node_hours"),
        1000 * number(line, "energy_kwh"),
        1000 * number(line, "carbon_kg"));
  }

  private static String text(Map<String, String> line, String column) {
    return Objects.requireNonNull(line.get(column), "the paper's table lacks " + column);
  }

  private static Double number(Map<String, String> line, String column) {
    @Nullable String text = line.get(column);
    return Double.valueOf(Objects.requireNonNull(text, "the paper's table lacks " + column));
  }
}
