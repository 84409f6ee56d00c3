package io.nepenthe.scaling;

import io.nepenthe.run.WorkUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The time from the first unit's beginning to the last one's end, on a number of equal devices:
 * whoever is free takes the ready unit of the lowest index, as arrays of schedulers do.
 */
final class Makespan {
  private final List<WorkUnit> units;
  private final double[] seconds;
  private final List<List<Integer>> dependents = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param units of a plan, by index
   * @param seconds what each takes
   */
  Makespan(List<WorkUnit> units, double[] seconds) {
    this.units = units;
    this.seconds = seconds;
    units.forEach(unit -> dependents.add(new ArrayList<>()));
    for (WorkUnit unit : units) {
      unit.after().forEach(before -> dependents.get(before).add(unit.index()));
    }
  }

  private record Ending(double at, int unit) {}

  /** Returns it where a unit begins as soon as those that it stands on have ended. */
  double of(int devices) {
    return simulated(devices, false);
  }

  /** Returns it where a phase begins when the one before it has ended. */
  double inPhases(int devices) {
    return simulated(devices, true);
  }

  private double simulated(int devices, boolean inPhases) {
    int[] open = units.stream().mapToInt(unit -> unit.after().size()).toArray();
    long first = units.stream().filter(WorkUnit::isOriginal).count();
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    units.stream().filter(WorkUnit::isOriginal).forEach(unit -> ready.add(unit.index()));
    List<Integer> waiting = new ArrayList<>();
    PriorityQueue<Ending> running = new PriorityQueue<>(Comparator.comparingDouble(Ending::at));
    double now = 0;
    while (!ready.isEmpty() || !running.isEmpty()) {
      while (!ready.isEmpty() && running.size() < devices) {
        int next = ready.remove();
        running.add(new Ending(now + seconds[next], next));
      }
      Ending ended = running.remove();
      now = ended.at();
      first -= units.get(ended.unit()).isOriginal() ? 1 : 0;
      for (int dependent : dependents.get(ended.unit())) {
        open[dependent]--;
        if (open[dependent] == 0) {
          waiting.add(dependent);
        }
      }
      if (!inPhases || first == 0) {
        ready.addAll(waiting);
        waiting.clear();
      }
    }
    return now;
  }
}
