package io.nepenthe.submission;

import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what is found, rule by rule; of much of one kind the first lines and the number. */
final class Findings {
  private static final int MOST_LINES = 8;

  private final Map<Rule, Verdict> verdicts = new EnumMap<>(Rule.class);
  private final Map<Rule, List<String>> lines = new EnumMap<>(Rule.class);

  private void add(Rule rule, Verdict verdict, String line) {
    Verdict before = verdicts.get(rule);
    if (before == null || verdict.compareTo(before) > 0) {
      verdicts.put(rule, verdict);
    }
    boolean isWorst = before == null || verdict.compareTo(before) >= 0;
    List<String> found = lines.computeIfAbsent(rule, key -> new ArrayList<>());
    boolean comesFirst = isWorst && before != verdict;
    found.add(comesFirst ? 0 : found.size(), Words.line(line));
  }

  /** Says that all is as it should be, unless something else was said. */
  void pass(Rule rule, String line) {
    if (!verdicts.containsKey(rule)) {
      add(rule, Verdict.PASS, line);
    }
  }

  /** Says why a rule was not looked at. */
  void skip(Rule rule, String line) {
    add(rule, Verdict.SKIPPED, line);
  }

  /** Asks. */
  void question(Rule rule, String line) {
    add(rule, Verdict.QUESTION, line);
  }

  /** Refuses. */
  void fail(Rule rule, String line) {
    add(rule, Verdict.FAIL, line);
  }

  /** Returns true if one of the rules has failed. */
  boolean anyFailed(Rule... rules) {
    return Arrays.stream(rules).anyMatch(rule -> verdicts.get(rule) == Verdict.FAIL);
  }

  /** Says of rules on which nothing was said that they were not looked at. */
  void skipOthers(String line) {
    Arrays.stream(Rule.values())
        .filter(rule -> !verdicts.containsKey(rule))
        .forEach(rule -> skip(rule, line));
  }

  /** Returns what every rule says. */
  List<RuleResult> results() {
    return Arrays.stream(Rule.values()).map(this::result).toList();
  }

  private RuleResult result(Rule rule) {
    Verdict verdict = verdicts.getOrDefault(rule, Verdict.PASS);
    List<String> all = lines.getOrDefault(rule, List.of());
    List<String> shown = new ArrayList<>(all.subList(0, Math.min(MOST_LINES, all.size())));
    if (shown.size() < all.size()) {
      shown.add("and " + (all.size() - shown.size()) + " more");
    }
    boolean isAnswered = verdict == Verdict.PASS || verdict == Verdict.SKIPPED;
    return new RuleResult(rule, verdict, shown, isAnswered ? "" : rule.advice());
  }
}
