package io.nepenthe.selection;

import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.testkit.MadeScores;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hand-made sweep and what must be chosen from it: a file of {@code golden/}.
 *
 * @param why what the sweep shows, with the scores worked out
 * @param kind kind of task, names the rules
 * @param seeds of the run
 * @param trials the sweep
 * @param expected by method
 */
record Sweep(
    String why, String kind, List<Long> seeds, List<Trial> trials, Map<String, Expected> expected) {
  /** One trial; what is left out is as {@link #result} has it. Memorized: rows; accuracy: both. */
  record Trial(
      String name,
      @Nullable String method,
      @Nullable Family family,
      @Nullable Long seed,
      double ratio,
      @Nullable Integer eligible,
      @Nullable Integer memorizedBefore,
      @Nullable Integer memorizedAfter,
      @Nullable Double accuracyBefore,
      @Nullable Double accuracyAfter,
      @Nullable Double perplexityBefore,
      @Nullable Double perplexityAfter,
      @Nullable Double seconds,
      @Nullable Double cost,
      @Nullable Fidelity fidelity,
      @Nullable String machine,
      @Nullable String outcome,
      @Nullable String reason,
      @Nullable Integer validationMemorized,
      @Nullable Integer holdoutMemorized) {
    private static <T> T or(@Nullable T value, T usual) {
      return Objects.requireNonNullElse(value, usual);
    }

    /** Returns the stored result: 100 rows memorized, 50 % accurate, perplexity 10, 1 s, valid. */
    TrialResult result() {
      Scores before = scores(or(memorizedBefore, 100), accuracyBefore, perplexityBefore);
      HandMade.Trial trial =
          new HandMade.Trial()
              .of(or(method, "method"), or(family, Family.UNLEARNING))
              .seed(or(seed, 0L))
              .ratio(ratio)
              .before(before)
              .after(scores(or(memorizedAfter, 100), accuracyAfter, perplexityAfter))
              .seconds(or(seconds, 1.0))
              .cost(cost)
              .fidelity(or(fidelity, Fidelity.CLEAN))
              .on(HandMade.machine(or(machine, "a")));
      if (validationMemorized != null && holdoutMemorized != null) {
        trial.halves(
            new SplitScores(before, before),
            new SplitScores(
                scores(validationMemorized, accuracyAfter, perplexityAfter),
                scores(holdoutMemorized, accuracyAfter, perplexityAfter)));
      }
      String why = or(reason, "");
      return switch (or(outcome, "valid")) {
        case "valid" -> trial.valid();
        case "failed" -> trial.ended(new TrialOutcome.Failed(why));
        case "invalid" -> trial.ended(new TrialOutcome.Invalid(why));
        case "timed-out" -> trial.ended(new TrialOutcome.TimedOut(why));
        case "not-applicable" -> trial.ended(new TrialOutcome.NotApplicable(why));
        default -> throw new IllegalArgumentException("outcome is " + outcome);
      };
    }

    private Scores scores(int memorized, @Nullable Double accuracy, @Nullable Double perplexity) {
      double right = or(accuracy, 50.0);
      double surprise = or(perplexity, 10.0);
      return MadeScores.of(
          new RowCounts(memorized, or(eligible, 100)),
          right,
          surprise,
          Map.of("7", right, "2", right));
    }
  }

  /** What must be chosen for a method; trials by name. */
  record Expected(
      Map<Long, String> winners,
      @Nullable Map<String, String> excluded,
      @Nullable List<String> notes,
      @Nullable Shared shared) {
    Expected {
      excluded = excluded == null ? Map.of() : excluded;
      notes = notes == null ? List.of() : notes;
    }
  }

  /** The shared setting: its trials by name, and its holdout's % memorized. */
  record Shared(
      Map<Long, String> trials,
      double validationScore,
      Map<Long, Double> holdoutMemorized,
      @Nullable String note) {
    Shared {
      note = note == null ? "" : note;
    }
  }
}
