package io.nepenthe.energy;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run used: {@code energy.json} of its folder. A run that was continued lists each call of
 * the command, since calls may differ in machine and in what can be read there; sums are over all.
 *
 * @param schema "nepenthe-energy/1"
 * @param invocations in the order of their starts
 */
public record EnergyUse(String schema, List<EnergyInvocation> invocations) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-energy/1";

  /** What a run that has not begun used. */
  public static final EnergyUse NONE = new EnergyUse(SCHEMA, List.of());

  private static final double SECONDS_PER_HOUR = 3600;

  /** Copies the list. */
  public EnergyUse {
    invocations = List.copyOf(Objects.requireNonNull(invocations, "invocations is missing"));
  }

  /** Returns this and one call more. */
  public EnergyUse plus(EnergyInvocation invocation) {
    return new EnergyUse(
        SCHEMA, Stream.concat(invocations.stream(), Stream.of(invocation)).toList());
  }

  /** Returns the seconds of all calls. */
  public double wallSeconds() {
    return invocations.stream().mapToDouble(EnergyInvocation::wallSeconds).sum();
  }

  /** Returns the paper's NH: a run is on one node at a time. */
  public double nodeHours() {
    return hours(wallSeconds());
  }

  /** Returns the sums of what was measured, null where no call could measure. */
  public MeasuredEnergy measured() {
    return new MeasuredEnergy(
        sum(MeasuredEnergy::raplWattHours), sum(MeasuredEnergy::nvidiaSmiWattHours));
  }

  /** Returns the seconds of the calls that could measure something. */
  public double measuredSeconds() {
    return invocations.stream()
        .filter(invocation -> !invocation.measured().isNone())
        .mapToDouble(EnergyInvocation::wallSeconds)
        .sum();
  }

  /** Returns the same in hours. */
  public double measuredHours() {
    return hours(measuredSeconds());
  }

  /** Returns seconds as hours. */
  public static double hours(double seconds) {
    return seconds / SECONDS_PER_HOUR;
  }

  private @Nullable Double sum(Function<MeasuredEnergy, @Nullable Double> source) {
    return invocations.stream()
        .map(invocation -> source.apply(invocation.measured()))
        .filter(Objects::nonNull)
        .reduce(Double::sum)
        .orElse(null);
  }
}
