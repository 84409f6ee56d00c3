package io.nepenthe.scaffold;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The interface that a new method implements. */
public enum Shape {
  /** A method that takes part in training. */
  REGULARIZER,
  /** A method that continues training. */
  FINE_TUNING,
  /** A method that edits weights. */
  UNLEARNING,
  /** A method that first finds where to edit weights. */
  LOCALIZED_UNLEARNING;

  /** Returns the kebab-case name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the shape of that name.
   *
   * @throws NepentheException if there is none
   */
  public static Shape of(String id) {
    return Arrays.stream(values())
        .filter(shape -> shape.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.BAD_USAGE,
                    "--family is '"
                        + id
                        + "', must be one of "
                        + Arrays.stream(values()).map(Shape::id).collect(Collectors.joining(", "))
                        + "."));
  }
}
