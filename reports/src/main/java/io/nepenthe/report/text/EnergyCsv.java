package io.nepenthe.report.text;

import io.nepenthe.energy.EnergyAccount;
import io.nepenthe.energy.EnergyEstimate;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.report.paper.PaperEnergy;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Energy and carbon of a run and of the paper for other programs, every digit. */
public final class EnergyCsv {
  private static final String HEADER =
      "whose,machine,source,nodeHours,wattsPerNode,energyWattHours,carbonGrams\r\n";
  private static final double SECONDS_PER_HOUR = 3600;

  private EnergyCsv() {}

  public static String of(ReportModel report) {
    EnergyAccount account = report.run().energy();
    StringBuilder text = new StringBuilder(HEADER);
    account.estimates().forEach(each -> text.append(line("run", each)));
    MeasuredEnergy measured = account.use().measured();
    double hours = account.use().measuredSeconds() / SECONDS_PER_HOUR;
    addMeasured(text, "rapl", hours, measured.raplWattHours());
    addMeasured(text, "nvidia-smi", hours, measured.nvidiaSmiWattHours());
    PaperEnergy.estimates().forEach(each -> text.append(line("paper", each)));
    return text.toString();
  }

  private static String line(String whose, EnergyEstimate estimate) {
    return String.join(
            ",",
            List.of(
                whose,
                Escape.csv(estimate.profile()),
                "estimated",
                Numbers.exact(estimate.nodeHours()),
                Numbers.exact(estimate.wattsPerNode()),
                Numbers.exact(estimate.energyWattHours()),
                Numbers.exact(estimate.carbonGrams())))
        + "\r\n";
  }

  private static void addMeasured(
      StringBuilder text, String source, double hours, @Nullable Double wattHours) {
    if (wattHours != null) {
      text.append("run,," + source + "," + Numbers.exact(hours) + ",,");
      text.append(Numbers.exact(wattHours) + ",\r\n");
    }
  }
}
