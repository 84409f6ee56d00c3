package io.nepenthe.cli;

import io.nepenthe.leaderboard.BoardDefinition;
import io.nepenthe.leaderboard.Tier;
import io.nepenthe.submission.RuleResult;
import io.nepenthe.submission.Verdict;
import io.nepenthe.submission.Verification;
import java.util.List;
import java.util.stream.Stream;

/** What a verification means for a board. */
final class VerificationWords {
  private VerificationWords() {}

  /** Returns how far an archive was verified. */
  static Tier tier(Verification verification) {
    return Stream.of(Tier.CHECKED, Tier.RE_RUN)
        .filter(tier -> tier.id().equals(verification.tier()))
        .findFirst()
        .orElse(Tier.UNCHECKED);
  }

  /** Returns where it was verified, by what, and how many of its trials were run again. */
  static String facts(Verification verification) {
    Verification.Rerun rerun = verification.rerun();
    String where = "by Nepenthe " + verification.framework() + " on " + verification.platform();
    return rerun == null
        ? where
        : where
            + "; %d of %d trials were run again, drawn by seed %d, on %s platform"
                .formatted(
                    rerun.trials().size(),
                    rerun.of(),
                    rerun.seed(),
                    rerun.samePlatform() ? "the same" : "another")
            + (rerun.sandbox() == null ? "" : "; sandbox: " + rerun.sandbox().words());
  }

  /**
   * Returns why it takes no place: what is broken, and questions to which the board has no answer.
   */
  static List<String> refusals(Verification verification, BoardDefinition.Listed listed) {
    return verification.rules().stream()
        .filter(
            rule ->
                rule.verdict() == Verdict.FAIL
                    || (rule.verdict() == Verdict.QUESTION && listed.answer() == null))
        .map(VerificationWords::words)
        .toList();
  }

  private static String words(RuleResult rule) {
    return "rule %s: %s".formatted(rule.rule().id(), String.join(", ", rule.found()));
  }
}
