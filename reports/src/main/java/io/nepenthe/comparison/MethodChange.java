package io.nepenthe.comparison;

import java.util.List;

/**
 * How a method changed on a task.
 *
 * @param task its id
 * @param method its id
 * @param name as tables print it
 * @param verdict worse if any of the differences is, else better if any is, else same
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

  /** Returns the change that differences add up to. */
  static MethodChange of(
      String task,
      String method,
      String name,
      List<Difference> differences,
      List<Difference> others,
      String note) {
    Verdict verdict = Verdict.of(differences.stream().map(Difference::verdict).toList());
    return new MethodChange(task, method, name, verdict, differences, others, note);
  }
}
