package io.nepenthe.scaling;

import io.nepenthe.run.RunPlan;
import io.nepenthe.run.WorkUnit;
import java.util.Arrays;
import java.util.List;

/**
 * What a plan would take on so many GPUs.
 *
 * @param units of the plan
 * @param trials that they leave
 * @param gpuHours of all units together
 * @param longestHours of the longest unit and what it stands on: no number of GPUs takes less
 * @param points by number of GPUs
 */
public record Simulation(
    int units, int trials, double gpuHours, double longestHours, List<Point> points) {
  private static final double SECONDS_OF_AN_HOUR = 3600;

  /** Copies the list. */
  public Simulation {
    points = List.copyOf(points);
  }

  /**
   * One number of GPUs.
   *
   * @param gpus how many
   * @param hours from beginning to end, where a unit begins when what it stands on has ended
   * @param efficiency the share of that in which a GPU is at work
   * @param hoursInPhases the same where nothing of phase 2 begins before all of phase 1 has ended
   * @param efficiencyInPhases the share of that
   */
  public record Point(
      int gpus, double hours, double efficiency, double hoursInPhases, double efficiencyInPhases) {}

  /**
   * Simulates a plan by the paper's times.
   *
   * @param units of the plan
   * @param trialSeconds what a trial takes beside its method
   * @param gpus numbers of GPUs
   */
  public static Simulation of(
      RunPlan plan, List<WorkUnit> units, double trialSeconds, List<Integer> gpus) {
    PaperSeconds times = new PaperSeconds(plan, trialSeconds);
    double[] seconds = units.stream().mapToDouble(times::of).toArray();
    Makespan makespan = new Makespan(units, seconds);
    double all = Arrays.stream(seconds).sum();
    double longest =
        units.stream()
            .mapToDouble(
                unit ->
                    seconds[unit.index()]
                        + unit.after().stream()
                            .mapToDouble(before -> seconds[before])
                            .max()
                            .orElse(0))
            .max()
            .orElse(0);
    return new Simulation(
        units.size(),
        plan.trials(),
        all / SECONDS_OF_AN_HOUR,
        longest / SECONDS_OF_AN_HOUR,
        gpus.stream()
            .map(
                count -> {
                  double free = makespan.of(count);
                  double phased = makespan.inPhases(count);
                  return new Point(
                      count,
                      free / SECONDS_OF_AN_HOUR,
                      all / (count * free),
                      phased / SECONDS_OF_AN_HOUR,
                      all / (count * phased));
                })
            .toList());
  }
}
