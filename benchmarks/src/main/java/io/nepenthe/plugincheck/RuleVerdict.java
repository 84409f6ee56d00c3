package io.nepenthe.plugincheck;

/**
 * What became of a rule, for one jar.
 *
 * @param rule its kebab-case name
 * @param verdict what became of it
 * @param found what is wrong; empty if nothing is
 * @param toDo what to do about it; empty if nothing is
 */
public record RuleVerdict(String rule, Verdict verdict, String found, String toDo) {
  static RuleVerdict passed(String rule) {
    return new RuleVerdict(rule, Verdict.PASSED, "", "");
  }

  static RuleVerdict notChecked(String rule, String because) {
    return new RuleVerdict(rule, Verdict.NOT_CHECKED, because, "");
  }
}
