package io.nepenthe.timing;

/** What a method's cost is counted in; all at the paper's size, all on the same rows. */
enum CostUnit {
  /** F: one forward pass with its loss over the forget set. */
  FORWARD(Load.FORGET_SET),
  /** G: one forward and one backward pass over the forget set, as training takes them. */
  GRADIENT(Load.FORGET_SET),
  /** One forward and one backward pass over a batch of 64, as training takes them. */
  STEP_WITHOUT_OPTIMIZER(Load.STEPS),
  /** One training step on a batch of 64. */
  STEP(Load.STEPS),
  /** One plain training step on a batch of 128. */
  TRAINING_STEP(Load.TRAINING);

  /** Steps that are taken, and divided by, where the unit is a step. */
  static final int STEPS = 10;

  /** Rows of the forget set, a usual number in the paper's math+noise task. */
  static final int MEMORIZED = 350;

  /** Rows of a mini-batch of the forget set. */
  static final int BATCH = 64;

  private enum Load {
    FORGET_SET,
    STEPS,
    TRAINING
  }

  private final Load load;

  CostUnit(Load load) {
    this.load = load;
  }

  /** Returns true if the method is measured by one localization over the forget set. */
  boolean isOverForgetSet() {
    return load == Load.FORGET_SET;
  }

  /** Returns true if the method takes part in training. */
  boolean isInTraining() {
    return load == Load.TRAINING;
  }
}
