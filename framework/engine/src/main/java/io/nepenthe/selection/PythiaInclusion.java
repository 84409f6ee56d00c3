package io.nepenthe.selection;

import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Perplexity below 500, whatever is left; and, if any trial of the method on the same original
 * model that passes has it, less than 10 % memorized (UNLEARNING_DRIVER 6).
 */
final class PythiaInclusion implements Inclusion {
  private static final double PERPLEXITY = 500;
  private static final double MEMORIZED_PERCENT = 10;

  @Override
  public Eligibility decide(List<TrialResult> trials) {
    List<TrialResult> usable = new ArrayList<>();
    List<Exclusion> excluded = new ArrayList<>();
    for (TrialResult trial : trials) {
      double perplexity = Objects.requireNonNull(trial.after()).perplexity();
      if (perplexity < PERPLEXITY) {
        usable.add(trial);
      } else {
        excluded.add(
            Exclusion.of(
                trial,
                Exclusion.Kind.PERPLEXITY_TOO_HIGH,
                "perplexity is " + Words.number(perplexity) + ", must be below 500"));
      }
    }
    List<TrialResult> forgetting =
        usable.stream().filter(trial -> memorized(trial) < MEMORIZED_PERCENT).toList();
    if (forgetting.isEmpty()) {
      return new Eligibility(usable, excluded, List.of(note(usable)));
    }
    for (TrialResult trial : usable) {
      if (!(memorized(trial) < MEMORIZED_PERCENT)) {
        excluded.add(
            Exclusion.of(
                trial,
                Exclusion.Kind.MEMORIZED_TOO_MUCH,
                "memorizes " + Words.number(memorized(trial)) + " %, must be below 10 %"));
      }
    }
    return new Eligibility(forgetting, excluded, List.of());
  }

  private static String note(List<TrialResult> usable) {
    return usable.isEmpty()
        ? "no trial has a perplexity below 500: none is eligible"
        : "no trial memorizes less than 10 %: that limit is dropped";
  }

  private static double memorized(TrialResult trial) {
    return Change.memorizedPercent(Objects.requireNonNull(trial.after()));
  }
}
