package io.nepenthe.mitigation;

import io.nepenthe.plugin.Family;
import io.nepenthe.run.TrialBudget;
import io.nepenthe.run.TrialGroup;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * So much time, and so many trials: what would not fit is not begun, by what the method, or any,
 * took before and what methods say they cost; what runs over is ended. Points that share a
 * localization are begun as far as they fit.
 */
public final class TimeBudget implements TrialBudget {
  private final PassCost cost;
  private final double measuringSeconds;
  private final double secondsPerPass;
  private final OptionalLong end;
  private final LongSupplier nanos;
  private final GroupOrder order;
  private final IdentityHashMap<TrialGroup, Long> begun = new IdentityHashMap<>();
  private final Map<String, Taken> taken = new HashMap<>();
  private int trialsLeft;

  /** What points of a method took beside their measuring, and what they are said to cost. */
  private record Taken(double seconds, double cost) {}

  /**
   * A budget that begins now.
   *
   * @param speed of the model on this machine
   * @param end when no trial may run any more, by the clock; empty if there is no limit of time
   * @param trials how many grid points may be run, controls not counted
   * @param nanos the clock
   */
  public TimeBudget(ModelSpeed speed, OptionalLong end, int trials, LongSupplier nanos) {
    this.cost = new PassCost(speed.quantities());
    this.measuringSeconds = speed.measuringSeconds();
    this.secondsPerPass = speed.secondsPerPass();
    this.end = end;
    this.trialsLeft = trials;
    this.nanos = nanos;
    this.order = new GroupOrder(cost);
  }

  @Override
  public List<TrialGroup> inOrder(List<TrialGroup> groups) {
    return order.of(groups);
  }

  @Override
  public synchronized TrialGroup begin(TrialGroup group) {
    boolean isCounted = group.plugin().descriptor().family() != Family.CONTROL;
    List<Map<String, Number>> cheapest =
        group.points().stream()
            .sorted(Comparator.comparingDouble(point -> cost.of(group, point)))
            .toList();
    int most = isCounted ? Math.min(trialsLeft, cheapest.size()) : cheapest.size();
    while (most > 0 && !fits(group.of(cheapest.subList(0, most)))) {
      most--;
    }
    List<Map<String, Number>> chosen = cheapest.subList(0, most);
    TrialGroup part = group.of(group.points().stream().filter(chosen::contains).toList());
    trialsLeft -= isCounted ? most : 0;
    if (most > 0) {
      begun.put(part, nanos.getAsLong());
    }
    return part;
  }

  private boolean fits(TrialGroup group) {
    return end.isEmpty() || expectedSeconds(group) * 1e9 <= end.getAsLong() - nanos.getAsLong();
  }

  /** Returns what a group is likely to take, with its measuring. */
  private double expectedSeconds(TrialGroup group) {
    double passes = cost.of(group);
    double start = taken.values().stream().mapToDouble(Taken::seconds).min().orElse(0);
    Taken before = taken.get(group.plugin().id());
    double work =
        before == null
            ? passes * secondsPerPass(start)
            : (before.seconds() - start) * (before.cost() > 0 ? passes / before.cost() : 1);
    return start + work + group.points().size() * measuringSeconds;
  }

  /** Returns what a pass takes, as far as groups have shown it, beside the start of a worker. */
  private double secondsPerPass(double start) {
    double passes = taken.values().stream().mapToDouble(Taken::cost).sum();
    double seconds = taken.values().stream().mapToDouble(each -> each.seconds() - start).sum();
    return passes > 0 && seconds > 0 ? seconds / passes : secondsPerPass;
  }

  /** {@inheritDoc} What is answered last is still measured. */
  @Override
  public OptionalLong end() {
    return end.isEmpty() ? end : OptionalLong.of(end.getAsLong() - (long) (measuringSeconds * 1e9));
  }

  @Override
  public synchronized void ended(TrialGroup group, boolean whole) {
    double all = (nanos.getAsLong() - begun.remove(group)) / 1e9;
    double seconds = Math.max(0, all - group.points().size() * measuringSeconds);
    Taken now = new Taken(seconds, cost.of(group));
    if (whole) {
      taken.put(group.plugin().id(), now);
    } else {
      taken.merge(
          group.plugin().id(), now, (old, cut) -> old.seconds() >= cut.seconds() ? old : cut);
    }
  }
}
