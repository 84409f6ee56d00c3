package io.nepenthe.comparison;

import java.util.List;
import java.util.Set;

/**
 * How a method changed on a task.
 *
 * @param task its id
 * @param method its id
 * @param name as tables print it
 * @param verdict worse if any of the differences is or a seed is gone, else better if any is, else
 *     same
 * @param differences of memorization, utility and time; empty where a run has no result
 * @param others of every other metric that both runs have: told, but not counted
 * @param note what a reader must know, empty if nothing
 */
public record MethodChange(
    String task,
    String method,
    String name,
    Verdict verdict,
    List<Difference> differences,
    List<Difference> others,
    String note) {
  /** Copies the lists. */
  public MethodChange {
    differences = List.copyOf(differences);
    others = List.copyOf(others);
  }

  /** Returns what differences add up to. A seed that has no result any more is worse. */
  static MethodChange of(
      String task,
      String method,
      String name,
      List<Difference> differences,
      List<Difference> others,
      Set<Long> seedsBefore,
      Set<Long> seedsAfter) {
    boolean gone = !seedsAfter.containsAll(seedsBefore);
    Verdict verdict =
        gone ? Verdict.WORSE : Verdict.of(differences.stream().map(Difference::verdict).toList());
    String note =
        seedsBefore.equals(seedsAfter)
            ? ""
            : "seeds "
                + seedsBefore
                + " before, "
                + seedsAfter
                + " after: compared on those in common"
                + (gone ? "; a seed that is gone is worse" : "");
    return new MethodChange(task, method, name, verdict, differences, others, note);
  }
}
