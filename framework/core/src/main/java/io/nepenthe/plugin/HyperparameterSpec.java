package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * One hyper-parameter of a method, as its descriptor declares it.
 *
 * @param type what values it takes
 * @param min smallest value, inclusive
 * @param max largest value, inclusive
 * @param defaultValue used where a suite does not say
 * @param affects which step it changes; grid points that differ only in what does not affect the
 *     localization share one
 * @param description one line with the unit
 */
public record HyperparameterSpec(
    Type type,
    double min,
    double max,
    @JsonProperty("default") double defaultValue,
    Step affects,
    String description) {
  /** The values a hyper-parameter takes. */
  public enum Type {
    /** Any number in the range. */
    @JsonProperty("real")
    REAL,
    /** A whole number in the range. */
    @JsonProperty("integer")
    INTEGER
  }

  /** The step of an unlearning method that a hyper-parameter changes. */
  public enum Step {
    /** Another value needs another localization. */
    @JsonProperty("localization")
    LOCALIZATION,
    /** One localization passes through every value, as through epochs or prefixes. */
    @JsonProperty("snapshot")
    SNAPSHOT,
    /** Only the edit reads it. */
    @JsonProperty("edit")
    EDIT
  }

  /** Checks the descriptor's own values. */
  public HyperparameterSpec {
    affects = affects == null ? Step.LOCALIZATION : affects;
    if (type == null || min > max || defaultValue < min || defaultValue > max) {
      throw new IllegalArgumentException(
          "a hyper-parameter needs a type and min <= default <= max; it has type "
              + type
              + ", min "
              + min
              + ", default "
              + defaultValue
              + ", max "
              + max);
    }
  }

  /**
   * Returns the value in its declared type.
   *
   * @throws IllegalArgumentException if it is no such number or out of range
   */
  public Number check(String name, Object value) {
    boolean number = value instanceof Number;
    double real = number ? ((Number) value).doubleValue() : Double.NaN;
    if (!(real >= min && real <= max) || (type == Type.INTEGER && real != Math.rint(real))) {
      throw new IllegalArgumentException(
          name
              + " is "
              + (value instanceof String ? "the text '" + value + "'" : value)
              + ", must be "
              + (type == Type.INTEGER ? "a whole number " : "")
              + "in ["
              + shown(min)
              + ", "
              + shown(max)
              + "]");
    }
    if (type == Type.INTEGER) {
      return (long) real;
    }
    return real;
  }

  private String shown(double bound) {
    return type == Type.INTEGER || (bound == Math.rint(bound) && Math.abs(bound) < 1e6)
        ? String.format(Locale.ROOT, "%.0f", bound)
        : Double.toString(bound);
  }
}
