package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the trial that stands for a method is chosen, by the names of the rules (EVALUATION 5,
 * UNLEARNING_DRIVER 6).
 *
 * @param score what unlearning, fine-tuning and controls minimise, per seed
 * @param regularizers how a regularizer's one setting for all seeds is chosen
 * @param inclusion which trials of unlearning methods may be chosen
 * @param limit id of the method whose time is the limit of the inclusion rule; null if none is
 */
public record SelectionSpec(
    ScoreRule score,
    RegularizerRule regularizers,
    InclusionRule inclusion,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String limit) {
  /** The paper's rules for math tasks. */
  public static final SelectionSpec MATH =
      new SelectionSpec(
          ScoreRule.M_MINUS_A,
          RegularizerRule.ACCURACY_MINUS_MEMORIZED,
          InclusionRule.NO_SLOWER_THAN_LIMIT,
          null);

  /** The paper's rules for language tasks. */
  public static final SelectionSpec LANGUAGE =
      new SelectionSpec(
          ScoreRule.M_PLUS_P_PLUS_T,
          RegularizerRule.PERPLEXITY_PLUS_MEMORIZED,
          InclusionRule.NO_SLOWER_THAN_LIMIT,
          null);

  /** The paper's rules for Pythia. */
  public static final SelectionSpec PYTHIA =
      new SelectionSpec(
          ScoreRule.M_PLUS_P_PLUS_T,
          RegularizerRule.PERPLEXITY_PLUS_MEMORIZED,
          InclusionRule.PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10,
          null);

  /** Returns the paper's rules for a kind of task. */
  public static SelectionSpec of(String kind) {
    return switch (kind) {
      case "math" -> MATH;
      case "language", "rows" -> LANGUAGE;
      case "pythia" -> PYTHIA;
      default ->
          throw new IllegalArgumentException(
              "kind is '" + kind + "', must be math, language, rows or pythia");
    };
  }

  /** Returns this with what a suite leaves out taken from the rules of a kind of task. */
  static SelectionSpec of(String kind, @Nullable Choice choice) {
    SelectionSpec usual = of(kind);
    return choice == null
        ? usual
        : new SelectionSpec(
            choice.score() == null ? usual.score() : choice.score(),
            choice.regularizers() == null ? usual.regularizers() : choice.regularizers(),
            choice.inclusion() == null ? usual.inclusion() : choice.inclusion(),
            choice.limit());
  }

  /** Returns true if unlearning is held to what a method took that the rules name. */
  public boolean hasLimit() {
    return inclusion == InclusionRule.NO_SLOWER_THAN_LIMIT && limit != null;
  }

  /** Returns the same rules with another method's time as limit. */
  public SelectionSpec limitedBy(@Nullable String method) {
    return new SelectionSpec(score, regularizers, inclusion, method);
  }

  /**
   * What a suite says of selection; what it leaves out is the paper's rule for the kind of task.
   *
   * @param score as above
   * @param regularizers as above
   * @param inclusion as above
   * @param limit as above; if left out, the suite's first method that says it sets the time limit
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Choice(
      @Nullable ScoreRule score,
      @Nullable RegularizerRule regularizers,
      @Nullable InclusionRule inclusion,
      @Nullable String limit) {
    static final Choice NONE = new Choice(null, null, null, null);

    Choice limitedBy(@Nullable String method) {
      return new Choice(score, regularizers, inclusion, method);
    }
  }
}
