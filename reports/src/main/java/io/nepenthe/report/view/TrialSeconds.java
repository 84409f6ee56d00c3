package io.nepenthe.report.view;

import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The time of each trial: JMH's mean where it was timed, else the sweep's. */
public final class TrialSeconds {
  private final Map<String, Double> means;

  TrialSeconds(List<TimingResult> timings) {
    means =
        timings.stream()
            .flatMap(timing -> timing.shots().stream())
            .collect(
                Collectors.groupingBy(
                    TimingResult.Shot::trialId,
                    Collectors.averagingDouble(TimingResult.Shot::seconds)));
  }

  /** Returns the time with its source. */
  public String of(TrialResult trial) {
    Double mean = means.get(trial.id());
    if (mean != null) {
      return Numbers.decimal(mean, Measure.SECONDS) + " JMH";
    }
    return trial.time() == null
        ? Numbers.MISSING
        : Numbers.decimal(trial.time().seconds(), Measure.SECONDS) + " sweep";
  }
}
