package io.nepenthe.cli;

import io.nepenthe.energy.EnergyEstimate;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.summary.TuningCost;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run took, as plain text, for a terminal. */
final class EnergyText {
  private static final int COLUMN_WIDTH = "999.999 kWh, 999.999 kg".length();

  private final StringBuilder text = new StringBuilder();

  private EnergyText() {}

  static String of(EnergyReport report, Path folder) {
    EnergyText text = new EnergyText();
    text.line(
        "%s: %.4f node hours (%.1f s in %d call%s of run, on one node)",
        folder,
        report.nodeHours(),
        report.wallSeconds(),
        report.invocations(),
        report.invocations() == 1 ? "" : "s");
    text.measured(report);
    report.estimated().forEach(text::estimated);
    text.methods(report);
    return text.text.toString();
  }

  private void measured(EnergyReport report) {
    MeasuredEnergy measured = report.measured();
    if (measured.isNone()) {
      line("measured:  not measurable here: no RAPL, no nvidia-smi");
      return;
    }
    source(measured.raplWattHours(), "CPU packages, by RAPL");
    source(measured.nvidiaSmiWattHours(), "GPUs, by nvidia-smi");
    if (report.measuredSeconds() < report.wallSeconds()) {
      line(
          "           in %.1f of the %.1f s; the rest was not measurable",
          report.measuredSeconds(), report.wallSeconds());
    }
  }

  private void source(@Nullable Double wattHours, String words) {
    if (wattHours != null) {
      line("measured:  %s (%s)", energy(wattHours), words);
    }
  }

  private void estimated(EnergyEstimate estimate) {
    line(
        "estimated: %s, %s CO2e (%s, %.1f W per node)",
        energy(estimate.energyWattHours()),
        carbon(estimate.carbonGrams()),
        estimate.profile(),
        estimate.wattsPerNode());
  }

  /** All that the run did is split by trial seconds: training, scoring and timing are for them. */
  private void methods(EnergyReport report) {
    if (report.methods().isEmpty()) {
      return;
    }
    line("");
    line(
        "by method, the run's estimate split by the seconds of all trials, not the winners alone:");
    int width =
        report.methods().stream()
            .mapToInt(method -> method.tuning().methodName().length())
            .max()
            .orElse(0);
    String name = "%-" + Math.max(width, "method".length()) + "s";
    text.append(String.format(Locale.ROOT, name + " %6s %12s %7s", "method", "trials", "s", "%"));
    report.estimated().forEach(e -> column(e, heading(e)));
    line("");
    for (EnergyReport.Method method : report.methods()) {
      TuningCost tuning = method.tuning();
      text.append(
          String.format(
              Locale.ROOT,
              name + " %6d %12.3f %7.2f",
              tuning.methodName(),
              tuning.trials(),
              tuning.trialSeconds(),
              100 * tuning.share()));
      method
          .estimated()
          .forEach(e -> column(e, energy(e.energyWattHours()) + ", " + carbon(e.carbonGrams())));
      line("");
    }
  }

  private void column(EnergyEstimate estimate, String value) {
    int width = Math.max(COLUMN_WIDTH, heading(estimate).length());
    text.append("  ").append(" ".repeat(Math.max(0, width - value.length()))).append(value);
  }

  private static String heading(EnergyEstimate estimate) {
    return estimate.profile() + ", estimated";
  }

  private static String energy(double wattHours) {
    return wattHours < 1000
        ? String.format(Locale.ROOT, "%.3f Wh", wattHours)
        : String.format(Locale.ROOT, "%.2f kWh", wattHours / 1000);
  }

  private static String carbon(double grams) {
    return grams < 1000
        ? String.format(Locale.ROOT, "%.3f g", grams)
        : String.format(Locale.ROOT, "%.2f kg", grams / 1000);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
