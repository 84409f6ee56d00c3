package io.nepenthe.selection;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.suite.SelectionSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen on one task, by which rules, and how the methods rank.
 *
 * @param task its id
 * @param rules names of the rules
 * @param limitedBy name of the method that sets the limit; null if it was not run
 * @param limit what it took
 * @param methods in the suite's order
 * @param ranking of the methods by the mean score of their winners
 * @param controls by the same score, apart: they show what a score is worth and take no place
 */
public record TaskSelection(
    String task,
    SelectionSpec rules,
    @Nullable String limitedBy,
    Limit limit,
    List<MethodSelection> methods,
    Ranking ranking,
    List<Control> controls) {
  /** Copies the lists. */
  public TaskSelection {
    methods = List.copyOf(methods);
    controls = List.copyOf(controls);
  }

  /**
   * A control's score.
   *
   * @param method its id
   * @param score of its winners; null without any
   */
  public record Control(String method, @Nullable BySeed score) {}

  /**
   * Selects on one task.
   *
   * @param seeds of the run
   * @param trials by method, in the suite's order, none of them empty
   */
  public static TaskSelection of(
      String task, SelectionSpec rules, List<Long> seeds, Map<String, List<TrialResult>> trials) {
    List<TrialResult> limiting = trials.getOrDefault(String.valueOf(rules.limit()), List.of());
    Limit limit = Limit.of(limiting);
    MethodSelector selector = new MethodSelector(rules, limit, seeds);
    List<MethodSelection> methods = trials.values().stream().map(selector::select).toList();
    Map<String, Map<Long, Double>> ranked = new LinkedHashMap<>();
    List<Control> controls = new ArrayList<>();
    for (MethodSelection method : methods) {
      BySeed score = method.winnerScores().score();
      if (method.family() == Family.CONTROL) {
        controls.add(new Control(method.method(), score));
      } else if (score != null) {
        ranked.put(method.method(), score.values());
      }
    }
    String limitedBy = limiting.isEmpty() ? null : limiting.get(0).methodName();
    return new TaskSelection(task, rules, limitedBy, limit, methods, Ranking.of(ranked), controls);
  }

  /** Returns the rules as sentences, for a reader. */
  public String rulesInWords() {
    return RuleWords.of(rules, limitedBy, limit);
  }

  /**
   * Returns rules as sentences where several runs have each a limit of their own.
   *
   * @param limitedBy name of the method that sets it; null if none does
   */
  public static String rulesInWords(SelectionSpec rules, @Nullable String limitedBy) {
    return RuleWords.of(rules, limitedBy);
  }

  /** Returns what was chosen for a method, empty if it has no trial. */
  public Optional<MethodSelection> of(String method) {
    return methods.stream().filter(each -> each.method().equals(method)).findFirst();
  }
}
