package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.tensor.RotaryOps;
import io.nepenthe.tensor.Torch;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rotary position embedding: pairs of entries of every query and key are turned by the position
 * times a frequency, which falls from pair to pair. Angles are computed as transformers does, in
 * float32.
 *
 * @param dimensions how many leading entries of a head choose the frequencies; one more is turned
 *     if it is odd
 * @param base of the powers that are the frequencies
 * @param scaling what stretches them over longer texts
 */
public record Rotary(int dimensions, double base, Scaling scaling) {
  /** Names of the base in a {@code config.json}. */
  private static final String THETA = "rope_theta";

  private static final String TRAINED_POSITIONS = "original_max_position_embeddings";

  private static final List<String> OBJECTS = List.of("rope_parameters", "rope_scaling");

  /**
   * How frequencies are stretched.
   *
   * @param type its {@code rope_type}
   * @param factor by which low frequencies fall
   * @param lowFrequencyFactor of type {@code llama3}
   * @param highFrequencyFactor of type {@code llama3}
   * @param trainedPositions of type {@code llama3}: the longest row before stretching
   */
  public record Scaling(
      String type,
      double factor,
      double lowFrequencyFactor,
      double highFrequencyFactor,
      int trainedPositions) {
    /** None. */
    public static final Scaling NONE = new Scaling("default", 1, 1, 1, 1);

    private static Scaling read(ConfigValues config, String object) {
      ConfigValues values = config.within(object);
      values.requireNoObjects("which is not computed: all layers are turned alike");
      String name = values.lacks("rope_type") ? "type" : "rope_type";
      String type = values.text(name, NONE.type);
      if (!values.text("type", type).equals(type)) {
        throw values.refused("type", "but rope_type, which means the same, is " + type);
      }
      return switch (type) {
        case "default" -> NONE;
        case "linear" -> new Scaling(type, above0(values, "factor"), 1, 1, 1);
        case "llama3" -> {
          double low = above0(values, "low_freq_factor");
          double high = above0(values, "high_freq_factor");
          if (!(low < high)) {
            throw values.refused("high_freq_factor", "must be above low_freq_factor " + low);
          }
          yield new Scaling(
              type, above0(values, "factor"), low, high, trainedPositions(config, values));
        }
        default ->
            throw values.refused(name, "which is not computed; these are: default, linear, llama3");
      };
    }

    /** They may stand beside the object, too. */
    private static int trainedPositions(ConfigValues config, ConfigValues values) {
      Integer beside = config.integer(TRAINED_POSITIONS);
      Integer within = values.integer(TRAINED_POSITIONS);
      Integer trained = within == null ? beside : within;
      if (trained == null || trained < 1) {
        throw values.refused(TRAINED_POSITIONS, "must be at least 1");
      }
      if (beside != null && !beside.equals(trained)) {
        throw config.refused(TRAINED_POSITIONS, "but that of the rotary embedding is " + trained);
      }
      return trained;
    }

    private static double above0(ConfigValues values, String name) {
      double value = values.number(name, 0);
      if (!(value > 0)) {
        throw values.refused(name, "must be above 0");
      }
      return value;
    }

    private DoubleUnaryOperator stretch() {
      return switch (type) {
        case "linear" -> frequency -> frequency / factor;
        case "llama3" ->
            frequency -> {
              double turns = trainedPositions * frequency / (2 * Math.PI);
              double kept =
                  (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
              double share = Math.min(1, Math.max(0, kept));
              return (1 - share) * frequency / factor + share * frequency;
            };
        default -> frequency -> frequency;
      };
    }

    private void write(ObjectNode scaling) {
      scaling.put("rope_type", type).put("factor", factor);
      if (type.equals("llama3")) {
        scaling
            .put("low_freq_factor", lowFrequencyFactor)
            .put("high_freq_factor", highFrequencyFactor)
            .put(TRAINED_POSITIONS, trainedPositions);
      }
    }
  }

  /** Checks that something is turned. */
  public Rotary {
    if (dimensions < 1) {
      throw new IllegalArgumentException(
          dimensions + " entries of each head are turned by their position, must be at least 1");
    }
  }

  /** Returns how many entries of a head are turned. */
  public int turned() {
    return 2 * pairs();
  }

  private int pairs() {
    return (dimensions + 1) / 2;
  }

  /**
   * Returns the base that a {@code config.json} says, at its top or in the object that newer ones
   * have; where it is said twice, it must be the same.
   *
   * @param names at the top
   */
  public static double readBase(ConfigValues values, String... names) {
    double base = readOnce(values, 10_000, THETA, names);
    if (!(base > 0)) {
      throw new IllegalArgumentException(names[0] + " is " + base + ", must be above 0");
    }
    return base;
  }

  /**
   * Returns the share of a head that is turned; where it is said twice, it must be the same.
   *
   * @param names at the top
   */
  public static double readShare(ConfigValues values, double otherwise, String... names) {
    double share = readOnce(values, otherwise, "partial_rotary_factor", names);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(names[0] + " is " + share + ", must be in (0, 1]");
    }
    return share;
  }

  private static double readOnce(
      ConfigValues values, double otherwise, String nameInside, String... namesOutside) {
    @Nullable String found = null;
    double value = otherwise;
    for (String name : namesOutside) {
      if (!values.lacks(name)) {
        value = agreeing(found, value, name, values.number(name, otherwise));
        found = name;
      }
    }
    for (String object : OBJECTS) {
      ConfigValues inside = values.within(object);
      if (!inside.lacks(nameInside)) {
        String name = object + "." + nameInside;
        value = agreeing(found, value, name, inside.number(nameInside, otherwise));
        found = name;
      }
    }
    return value;
  }

  private static double agreeing(@Nullable String found, double value, String name, double other) {
    if (found != null && value != other) {
      throw new IllegalArgumentException(
          found + " is " + value + ", but " + name + ", which means the same, is " + other);
    }
    return other;
  }

  /** Returns the scaling that a {@code config.json} says; where it is said twice, the same. */
  public static Scaling readScaling(ConfigValues values) {
    Scaling scaling = Scaling.NONE;
    @Nullable String found = null;
    for (String object : OBJECTS) {
      if (!values.lacks(object)) {
        Scaling read = Scaling.read(values, object);
        if (found != null && !read.equals(scaling)) {
          throw new IllegalArgumentException(object + " and " + found + " differ");
        }
        scaling = read;
        found = object;
      }
    }
    return scaling;
  }

  /** Writes the scaling, if there is one, as every version of transformers reads it. */
  public void writeScaling(ObjectNode config) {
    if (scaling.equals(Scaling.NONE)) {
      config.putNull("rope_scaling");
    } else {
      scaling.write(config.putObject("rope_scaling"));
    }
  }

  /** Returns the angle by which each pair of entries is turned from one position to the next. */
  public float[] frequencies() {
    float[] frequencies = new float[pairs()];
    for (int i = 0; i < frequencies.length; i++) {
      float power = (float) Math.pow(base, 2f * i / dimensions);
      frequencies[i] = (float) scaling.stretch().applyAsDouble(1 / power);
    }
    return frequencies;
  }

  /** Returns the turns of neighbouring positions, as {@link #turns(NDArray)} does. */
  NDArray turns(NDManager manager, long first, long count) {
    return turns(positions(manager, first, count));
  }

  /** Returns neighbouring positions, (T), float32. */
  static NDArray positions(NDManager manager, long first, long count) {
    return manager.arange((float) first, (float) (first + count), 1, DataType.FLOAT32);
  }

  /**
   * Returns cosines and sines for {@link RotaryOps#turned}.
   *
   * @param positions (T) or (T, 1), float32
   * @return (2, T, 1, r)
   */
  NDArray turns(NDArray positions) {
    return RotaryOps.turns(
        positions, Torch.floats(positions.getManager(), frequencies(), 1, pairs()));
  }
}
