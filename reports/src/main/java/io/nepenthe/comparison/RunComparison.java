package io.nepenthe.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.summary.StoredRun;
import java.util.List;
import java.util.TreeSet;

/**
 * What changed from one run to another.
 *
 * @param schema "nepenthe-comparison/3"
 * @param thresholds how much must change to count
 * @param verdict worse if anything got worse or only the first run has it, else better if anything
 *     got better, else same
 * @param changes of every method that both runs have on a task that both have
 * @param onlyBefore what only the first run has, in words
 * @param onlyAfter what only the second run has, in words
 * @param sameTrials what trials of one identity left in both runs
 * @param incomparable tasks that both have, but that do not compare, with the reason
 */
public record RunComparison(
    String schema,
    Thresholds thresholds,
    Verdict verdict,
    List<MethodChange> changes,
    List<String> onlyBefore,
    List<String> onlyAfter,
    SameTrials sameTrials,
    List<String> incomparable) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-comparison/3";

  /** Copies the lists. */
  public RunComparison {
    changes = List.copyOf(changes);
    onlyBefore = List.copyOf(onlyBefore);
    onlyAfter = List.copyOf(onlyAfter);
    incomparable = List.copyOf(incomparable);
  }

  /**
   * Compares two runs.
   *
   * @throws NepentheException if they were measured by different protocols or fidelities, or share
   *     no task
   */
  public static RunComparison of(StoredRun before, StoredRun after, Thresholds thresholds) {
    requireSameRules(before.info(), after.info());
    return new RunPair(new Side(before), new Side(after), thresholds).compare();
  }

  private static void requireSameRules(RunInfo before, RunInfo after) {
    String one = rules(before);
    String other = rules(after);
    if (!one.equals(other)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "the runs do not compare: one has "
              + one
              + ", the other "
              + other
              + ". Give two runs of one protocol and one fidelity.");
    }
  }

  private static String rules(RunInfo info) {
    String quirks =
        info.quirks().isEmpty()
            ? ""
            : " with " + String.join(", ", new TreeSet<>(info.quirks().keySet()));
    return "protocol " + info.protocol() + ", " + info.fidelity().id() + " fidelity" + quirks;
  }

  /** Returns true if something got worse. */
  @JsonIgnore
  public boolean isWorse() {
    return verdict == Verdict.WORSE;
  }
}
