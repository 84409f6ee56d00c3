package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of mitigation methods, in the order of the paper's tables. */
public enum Family {
  /** A row to compare others with: does nothing, or something known to be good or bad. */
  CONTROL,
  /** Takes part in training. */
  REGULARIZER,
  /** Trains on after training. */
  FINE_TUNING,
  /** Edits weights after training. */
  UNLEARNING;

  /** Returns the kebab-case name used in descriptors and results. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the interface that a family's methods implement; for controls, any method's. */
  @SuppressWarnings("rawtypes")
  Class<? extends MitigationMethod> type() {
    return switch (this) {
      case CONTROL -> MitigationMethod.class;
      case REGULARIZER -> Regularizer.class;
      case FINE_TUNING -> FineTuning.class;
      case UNLEARNING -> Unlearning.class;
    };
  }

  /** Returns the family of that name. */
  @JsonCreator
  public static Family of(String id) {
    for (Family family : values()) {
      if (family.id().equals(id)) {
        return family;
      }
    }
    throw new IllegalArgumentException(
        "family is '" + id + "', must be control, regularizer, fine-tuning or unlearning");
  }
}
