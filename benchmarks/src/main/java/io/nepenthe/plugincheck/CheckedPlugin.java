package io.nepenthe.plugincheck;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * All verdicts on a jar.
 *
 * @param jar where it lies
 * @param rules the verdicts, in the order in which they were looked at
 */
public record CheckedPlugin(String jar, List<RuleVerdict> rules) {
  /** Copies the list. */
  public CheckedPlugin {
    rules = List.copyOf(rules);
  }

  /** Returns true if no rule is broken and none was left out. */
  @JsonProperty("passed")
  public boolean passed() {
    return rules.stream()
        .allMatch(
            rule -> rule.verdict() == Verdict.PASSED || rule.verdict() == Verdict.NOT_APPLICABLE);
  }
}
