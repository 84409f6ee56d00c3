package io.nepenthe.comparison;

import java.util.List;

/**
 * How a method changed on a task.
 *
 * @param task its id
 * @param method its id
 * @param name as tables print it
 * @param verdict worse if anything got worse, else better if anything got better, else same
 * @param differences of memorization, utility and time; empty where a run has no result
 * @param note what a reader must know, empty if nothing
 */
public record MethodChange(
    String task,
    String method,
    String name,
    Verdict verdict,
    List<Difference> differences,
    String note) {
  /** Copies the list. */
  public MethodChange {
    differences = List.copyOf(differences);
  }

  /** Returns the change that differences add up to. */
  static MethodChange of(
      String task, String method, String name, List<Difference> differences, String note) {
    Verdict verdict = Verdict.of(differences.stream().map(Difference::verdict).toList());
    return new MethodChange(task, method, name, verdict, differences, note);
  }
}
