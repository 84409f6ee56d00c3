package io.nepenthe.submission;

import java.util.List;

/**
 * What one rule says of an archive.
 *
 * @param rule its name
 * @param verdict what it says
 * @param found what was found, a line each
 * @param advice what to do; empty if nothing is to be done
 */
public record RuleResult(Rule rule, Verdict verdict, List<String> found, String advice) {
  /** Checks that both are stated, and copies the list. */
  public RuleResult {
    if (rule == null || verdict == null) {
      throw new IllegalArgumentException("a rule has no name or no verdict");
    }
    found = List.copyOf(found);
  }
}
