package io.nepenthe.runstore;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.wording.Words;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must be equal for two times to compare; the host may be another.
 *
 * @param cpu name of the processor
 * @param logicalCores logical processors
 * @param gpu name of the GPU, null if none was used
 * @param threads threads one operator may use
 */
public record MachineClass(String cpu, int logicalCores, @Nullable String gpu, int threads) {
  /** Returns the class of where something was measured. */
  public static MachineClass of(Provenance provenance) {
    return new MachineClass(
        provenance.cpu(), provenance.logicalCores(), provenance.gpu(), provenance.threads());
  }

  /**
   * Returns the class whose times stand in a run's tables, because times of two do not compare:
   * that of most timings by JMH, else that of most trials; empty if nothing was timed.
   */
  public static Optional<MachineClass> ofTables(
      List<TimingResult> timings, List<TrialResult> trials) {
    List<Provenance> places =
        timings.isEmpty()
            ? trials.stream().filter(TrialResult::isValid).map(TrialResult::provenance).toList()
            : timings.stream().map(TimingResult::provenance).toList();
    Map<MachineClass, Long> counts =
        places.stream()
            .collect(
                Collectors.groupingBy(MachineClass::of, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<MachineClass, Long>comparingByValue().reversed())
        .findFirst()
        .map(Map.Entry::getKey);
  }

  /** Returns true if all valid ones of the trials were timed on that class. */
  public static boolean isOnly(@Nullable MachineClass machine, Collection<TrialResult> trials) {
    return trials.stream()
        .filter(TrialResult::isValid)
        .allMatch(trial -> of(trial.provenance()).equals(machine));
  }

  /** Returns the machine in words. */
  public String words() {
    return cpu
        + ", "
        + Words.count(logicalCores, "logical core")
        + (gpu == null ? "" : ", " + gpu)
        + ", "
        + Words.count(threads, "thread")
        + " per operator";
  }
}
