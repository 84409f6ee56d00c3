package io.nepenthe.timing;

import io.nepenthe.plugin.CostBound.Unit;

/** How much of a unit of cost is measured; all at the paper's size, all on the same rows. */
final class CostUnit {
  /** Steps that are taken where the unit is steps. */
  static final int STEPS = 10;

  /** Rows of the forget set, a usual number in the paper's math+noise task. */
  static final int MEMORIZED = 350;

  /** Rows of a mini-batch of the forget set. */
  static final int BATCH = 64;

  /** A run that may cost more units than this takes many minutes. */
  private static final double MANY = 100;

  private CostUnit() {}

  /** Returns true if a method is measured by one localization over the forget set. */
  static boolean isOverForgetSet(Unit unit) {
    return unit == Unit.FORWARD || unit == Unit.GRADIENT;
  }

  /** Returns true if one run takes many minutes: it is then measured once, without a warm-up. */
  static boolean isLong(double atMost) {
    return atMost > MANY;
  }
}
