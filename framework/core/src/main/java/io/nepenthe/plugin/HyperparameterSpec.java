package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One hyper-parameter of a method, as its descriptor declares it.
 *
 * @param type what values it takes
 * @param min smallest value
 * @param max largest value
 * @param exclusiveMin true if the smallest value itself is not allowed: a learning rate above 0
 * @param exclusiveMax true if the largest value itself is not allowed
 * @param defaultValue used where a suite does not say
 * @param affects which step it changes; grid points that differ only in what does not affect the
 *     localization share one
 * @param description one line with the unit
 */
public record HyperparameterSpec(
    Type type,
    double min,
    double max,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean exclusiveMin,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean exclusiveMax,
    @JsonProperty("default") double defaultValue,
    Step affects,
    String description) {
  /** Reads one that may leave out which bounds are excluded, as strict readers of results must. */
  @JsonCreator
  static HyperparameterSpec read(
      @JsonProperty("type") Type type,
      @JsonProperty(value = "min", required = true) double min,
      @JsonProperty(value = "max", required = true) double max,
      @JsonProperty("exclusiveMin") @Nullable Boolean exclusiveMin,
      @JsonProperty("exclusiveMax") @Nullable Boolean exclusiveMax,
      @JsonProperty(value = "default", required = true) double defaultValue,
      @JsonProperty("affects") Step affects,
      @JsonProperty("description") String description) {
    return new HyperparameterSpec(
        type,
        min,
        max,
        Boolean.TRUE.equals(exclusiveMin),
        Boolean.TRUE.equals(exclusiveMax),
        defaultValue,
        affects,
        description);
  }

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

  /** Doubles hold every whole number up to here, and beyond it only some. */
  private static final double LARGEST_WHOLE = 1L << 53;

  /** Checks the descriptor's own values. */
  public HyperparameterSpec {
    affects = affects == null ? Step.LOCALIZATION : affects;
    boolean finite = Double.isFinite(min) && Double.isFinite(max);
    if (type == null || !finite || !holds(defaultValue, min, max, exclusiveMin, exclusiveMax)) {
      throw new IllegalArgumentException(
          "a hyper-parameter needs a type and min <= default <= max; it has type "
              + type
              + ", min "
              + min
              + (exclusiveMin ? " (excluded)" : "")
              + ", default "
              + defaultValue
              + ", max "
              + max
              + (exclusiveMax ? " (excluded)" : ""));
    }
    if (type == Type.INTEGER && !(isWhole(min) && isWhole(max) && isWhole(defaultValue))) {
      throw new IllegalArgumentException(
          "min, default and max of an integer must be whole numbers of at most 2^53; they are %s, %s and %s"
              .formatted(min, defaultValue, max));
    }
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE;
  }

  private static boolean holds(
      double value, double min, double max, boolean exclusiveMin, boolean exclusiveMax) {
    return (exclusiveMin ? value > min : value >= min)
        && (exclusiveMax ? value < max : value <= max);
  }

  /** Returns the smallest value that is allowed. */
  public Number smallest() {
    if (type == Type.INTEGER) {
      return (long) (exclusiveMin ? Math.floor(min) + 1 : Math.ceil(min));
    }
    return exclusiveMin ? Math.nextUp(min) : min;
  }

  /** Returns the largest value that is allowed. */
  public Number largest() {
    if (type == Type.INTEGER) {
      return (long) (exclusiveMax ? Math.ceil(max) - 1 : Math.floor(max));
    }
    return exclusiveMax ? Math.nextDown(max) : max;
  }

  /**
   * Returns the value in its declared type.
   *
   * @throws IllegalArgumentException if it is no such number or out of range
   */
  public Number check(String name, Object value) {
    boolean number = value instanceof Number;
    double real = number ? ((Number) value).doubleValue() : Double.NaN;
    if (!holds(real, min, max, exclusiveMin, exclusiveMax)
        || (type == Type.INTEGER && real != Math.rint(real))) {
      throw new IllegalArgumentException(
          name
              + " is "
              + (value instanceof String ? "the text '" + value + "'" : value)
              + ", must be "
              + (type == Type.INTEGER ? "a whole number " : "")
              + "in "
              + (exclusiveMin ? "(" : "[")
              + shown(min)
              + ", "
              + shown(max)
              + (exclusiveMax ? ")" : "]"));
    }
    if (type == Type.INTEGER) {
      return (long) real;
    }
    return real + 0.0; // -0.0 is 0.0: one value, not two
  }

  private String shown(double bound) {
    return type == Type.INTEGER || (bound == Math.rint(bound) && Math.abs(bound) < 1e6)
        ? String.format(Locale.ROOT, "%.0f", bound)
        : Double.toString(bound);
  }
}
