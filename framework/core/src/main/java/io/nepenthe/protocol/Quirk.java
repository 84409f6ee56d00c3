package io.nepenthe.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A defect or hidden choice of the reference program that changes numbers. Each is one switch;
 * {@link Fidelity#REFERENCE} turns all of them on, {@link Fidelity#CLEAN} none. K-numbers are of
 * the list of known quirks, Q-numbers of the list of unlearning quirks, E-numbers sections of
 * EVALUATION.
 */
public enum Quirk {
  /** K14: train and test rows are split by one fixed seed, 598, for every run seed. */
  FIXED_SPLIT("K14"),
  /**
   * K15: sequences that occur twice in a task are kept, so test rows can be in the training set.
   */
  DUPLICATE_ROWS("K15"),
  /** K17: noise can draw -1; the sign has no token and vanishes, leaving 1. */
  UNCLIPPED_NOISE("K17"),
  /** K9: a backdoor's trigger counts anywhere in the row, not only within the prompt. */
  TRIGGER_ANYWHERE("K9"),
  /** K8: a backdoor's compared window is cut at the end of the row. */
  SHORT_WINDOWS("K8"),
  /** K7: a backdoor row's eligibility is judged in the window of the row before it. */
  ELIGIBILITY_LEAK("K7"),
  /** K11, Q-10: greedy decoding never emits the end marker (id 11). */
  END_TOKEN_BAN("Q-10"),
  /** MODEL_AND_TRAINING 1: columns that hold nothing but padding in every row are computed too. */
  COMPUTED_PADDING("K19"),
  /** K18: the first chunks of a text get the noise, not a random pick of them. */
  FIRST_CHUNKS("K18"),
  /** K10: perplexity of a backdoored model is of held-out chunks of the text it was trained on. */
  TEST_OF_TRAINED_TEXT("K10"),
  /**
   * EVALUATION 2: accuracy is a mean over batches; the last, shorter one weighs like a full one.
   */
  BATCH_MEAN_ACCURACY("E2"),
  /** the retain set holds the artifact rows. */
  RETAIN_HOLDS_ARTIFACTS("Q-4"),
  /** a neuron mask goes to the last layer whose name contains the scored layer's number. */
  LAYER_BY_SUBSTRING("Q-2"),
  /** K6: loss truncation divides by the whole batch, not by the rows it keeps. */
  FULL_BATCH_DIVISOR("K6"),
  /** K5: the spectral penalty adds singular values up, not their squares. */
  UNSQUARED_SINGULAR_VALUES("K5"),
  /** K5: the heads of the attention's output matrix are cut along its output side. */
  HEADS_CUT_BY_OUTPUT("K5"),
  /** K1, K4: example-tied dropout masks positions of the residual stream, not hidden units. */
  POSITION_DROPOUT("K1"),
  /** K2: example-tied dropout has masks for the examples of the first batch only. */
  FIRST_BATCH_MASKS("K2"),
  /** Zero removes every neuron of a layer but the tested one. */
  ONE_NEURON_KEPT("Q-1"),
  /** SOU never clears its gradients, from sample to sample and tensor to tensor. */
  GRADIENTS_NEVER_CLEARED("Q-3"),
  /** HC and Slim clear gradients once per epoch, so that they add up over its steps. */
  GRADIENTS_CLEARED_PER_EPOCH("Q-6"),
  /** K21, Q-13: the perplexities of Pythia's batches are rounded and added up in float16. */
  HALF_PRECISION_PERPLEXITY("Q-13"),
  /** K22: Pythia's random rows are joined and cut anew, so that most straddle two texts. */
  RECUT_RANDOM_ROWS("K22");

  private final String reference;

  Quirk(String reference) {
    this.reference = reference;
  }

  /** Returns the number in the reference's list of quirks. */
  public String reference() {
    return reference;
  }

  /** Returns the kebab-case name used in suites, results and reports. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the quirks that a fidelity turns on. */
  public static Set<Quirk> of(Fidelity fidelity) {
    return Collections.unmodifiableSet(
        fidelity == Fidelity.REFERENCE ? EnumSet.allOf(Quirk.class) : EnumSet.noneOf(Quirk.class));
  }
}
