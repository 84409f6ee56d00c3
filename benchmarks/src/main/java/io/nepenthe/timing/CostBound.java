package io.nepenthe.timing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a method may cost at the paper's size, in units that the model's own code sets: the speed a
 * faithful implementation can have (UNLEARNING 1 to 11, "faster, faithful").
 */
enum CostBound {
  ACT("act", CostUnit.FORWARD, 1.3),
  DURABLE("durable", CostUnit.GRADIENT, 1.3),
  DURABLE_AGG("durable-agg", CostUnit.GRADIENT, 1.3),
  SOU("sou", CostUnit.GRADIENT, 3),
  SLIM("slim", CostUnit.GRADIENT, 24),
  HARD_CONCRETE("hard-concrete", CostUnit.GRADIENT, 24),
  ZERO("zero", CostUnit.FORWARD, 900),
  INTEGRATED_GRADIENTS("integrated-gradients", CostUnit.GRADIENT, 60),
  GREEDY("greedy", CostUnit.STEP_WITHOUT_OPTIMIZER, 1.1),
  SUBNET("subnet", CostUnit.STEP, 1.25),
  BALANCED_SUBNET("balanced-subnet", CostUnit.STEP, 1.25),
  SPECTRAL_NORM("spectral-norm", CostUnit.TRAINING_STEP, 1.15),
  LOSS_TRUNCATION("loss-truncation", CostUnit.TRAINING_STEP, 1.05),
  EXAMPLE_TIED_DROPOUT("example-tied-dropout", CostUnit.TRAINING_STEP, 1.1);

  private final String method;
  private final CostUnit unit;
  private final double atMost;

  CostBound(String method, CostUnit unit, double atMost) {
    this.method = method;
    this.unit = unit;
    this.atMost = atMost;
  }

  static CostBound of(String method) {
    return Arrays.stream(values())
        .filter(bound -> bound.method.equals(method))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no cost is stated for '"
                        + method
                        + "'; there is one for "
                        + Arrays.stream(values()).map(bound -> bound.method).toList()));
  }

  CostUnit unit() {
    return unit;
  }

  /** Returns the most units the method may cost. */
  double atMost() {
    return atMost;
  }

  /** Returns true if one run takes many minutes: it is then measured once, without a warm-up. */
  boolean isLong() {
    return this == ZERO;
  }

  /**
   * Returns the grid to localize for: all that share one run; of methods measured by the step, one
   * point that takes {@link CostUnit#STEPS} steps. Loss truncation gets a window that the warm-up
   * fills, so that rows are dropped while it is measured.
   */
  Map<String, List<Object>> grid(long parameters, Map<String, List<Object>> searched) {
    return switch (this) {
      case GREEDY -> Map.of("ratio", List.of((CostUnit.STEPS - 0.5) / parameters));
      case SUBNET -> Map.of("ratio", List.of(0.05), "epochs", List.of(CostUnit.STEPS));
      case BALANCED_SUBNET -> Map.of("ratio", List.of(0.05), "epochs", List.of(1));
      case LOSS_TRUNCATION -> Map.of("window", List.of(PaperSize.BATCH * CostUnit.STEPS / 2));
      default -> searched;
    };
  }
}
