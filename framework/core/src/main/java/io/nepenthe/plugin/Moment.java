package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** When a method is called. */
public enum Moment {
  /** While a model is trained: the method implements {@link Regularizer}. */
  IN_TRAINING,
  /** On a trained model. */
  AFTER_TRAINING;

  /** Returns when methods of a family run unless their descriptor says otherwise. */
  static Moment usual(Family family) {
    return family == Family.REGULARIZER ? IN_TRAINING : AFTER_TRAINING;
  }

  /** Returns the kebab-case name used in descriptors. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the moment of that name. */
  @JsonCreator
  public static Moment of(String id) {
    for (Moment moment : values()) {
      if (moment.id().equals(id)) {
        return moment;
      }
    }
    throw new IllegalArgumentException(
        "runs is '" + id + "', must be in-training or after-training");
  }
}
