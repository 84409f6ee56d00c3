package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a method holds at its peak beside the model, counted from the model's shape: it says what a
 * run will take before it runs, on whichever device the model is.
 *
 * @param pass the largest passes it makes; none if left out
 * @param rows rows of such a pass: a number, or the name of a hyper-parameter; where there are
 *     fewer rows, all of them
 * @param batches how many batches of the training a step goes through at once, where its pass is
 *     that of a training: 2 if rows to keep go beside those to forget; null for one
 * @param holds what is there at the same time as such a pass
 */
public record MemoryUse(
    Pass pass,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object rows,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer batches,
    List<Held> holds) {
  /** Quantities of a model, and how many of a method's settings share one localization. */
  public static final Set<String> QUANTITIES =
      Set.of(
          "parameters",
          "mlp-entries",
          "mlp-matrices",
          "largest-matrix",
          "neurons",
          "settings",
          "batches");

  /** What of a pass is there at once. */
  public enum Pass {
    /** Nothing: the method makes none. */
    @JsonProperty("none")
    NONE,
    /** What a forward pass without gradients computes, one block at a time. */
    @JsonProperty("forward-by-block")
    FORWARD_BY_BLOCK,
    /** What a forward pass without gradients computes. */
    @JsonProperty("forward")
    FORWARD,
    /**
     * What a forward pass computes and a gradient needs; of a large model one block at a time, and
     * the stream between the blocks.
     */
    @JsonProperty("gradient")
    GRADIENT,
    /** That of a training step on a batch of the training, with gradient and optimizer. */
    @JsonProperty("training")
    TRAINING
  }

  /**
   * Some arrays.
   *
   * @param bytes for each unit of the product
   * @param of names of quantities of the model: "parameters", "mlp-entries" (biases included),
   *     "mlp-matrices" (their entries), "largest-matrix" (its entries), "neurons" (all layers'),
   *     "settings" (how many share a localization), or "batches" (passes over all rows it is given)
   * @param perBlock true if of a large model there is one block's at a time
   * @param unlessZero name of a hyper-parameter without which there is nothing; null if always
   * @param most bytes that are not exceeded, whatever the product; null if there is no such limit
   */
  public record Held(
      double bytes,
      List<String> of,
      boolean perBlock,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String unlessZero,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double most) {
    /** Checks the bytes and the names, and copies the list. */
    public Held {
      if (!(bytes > 0 && Double.isFinite(bytes)) || of == null) {
        throw new IllegalArgumentException(
            "memory holds bytes above 0 of a list 'of'; it has bytes " + bytes + ", of " + of);
      }
      of = List.copyOf(of);
      for (String name : of) {
        if (!QUANTITIES.contains(name)) {
          throw new IllegalArgumentException(
              "memory holds bytes of '" + name + "', which is none of " + QUANTITIES);
        }
      }
    }

    /**
     * Returns how many bytes a setting takes.
     *
     * @param blocks how many blocks the model has, if they are run one at a time; else 1
     */
    double bytes(Map<String, Number> point, ToDoubleFunction<String> quantities, int blocks) {
      if (unlessZero != null && point.get(unlessZero).doubleValue() == 0) {
        return 0;
      }
      double product = perBlock ? bytes / blocks : bytes;
      for (String name : of) {
        product *= quantities.applyAsDouble(name);
      }
      return most == null ? product : Math.min(product, most);
    }
  }

  /** Checks completeness and copies the list. */
  public MemoryUse {
    pass = pass == null ? Pass.NONE : pass;
    holds = holds == null ? List.of() : List.copyOf(holds);
    boolean counted = pass != Pass.NONE && pass != Pass.TRAINING;
    if (counted != (rows != null)) {
      throw new IllegalArgumentException(
          counted
              ? "memory has passes and no rows: say how many rows a pass has"
              : "memory has rows, and no pass over rows of its own: leave rows out");
    }
    if (batches != null && (pass != Pass.TRAINING || batches < 1)) {
      throw new IllegalArgumentException(
          "memory.batches is "
              + batches
              + ", must be at least 1, and stand beside the pass training only");
    }
    if (rows != null && !(rows instanceof String || (rows instanceof Integer n && n > 0))) {
      throw new IllegalArgumentException(
          "memory.rows is " + rows + ", must be a whole number above 0 or a hyper-parameter");
    }
  }

  /** Says what a method holds whose step goes through one batch. */
  public MemoryUse(Pass pass, @Nullable Object rows, List<Held> holds) {
    this(pass, rows, null, holds);
  }

  /** Checks that every name is one of the hyper-parameters. */
  void check(Set<String> hyperparameters) {
    if (rows instanceof String name && !hyperparameters.contains(name)) {
      throw new IllegalArgumentException(
          "memory.rows is '" + name + "', which is no hyper-parameter");
    }
    for (Held held : holds) {
      if (held.unlessZero() != null && !hyperparameters.contains(held.unlessZero())) {
        throw new IllegalArgumentException(
            "memory: unlessZero is '" + held.unlessZero() + "', which is no hyper-parameter");
      }
    }
  }

  /** Returns how many batches of the training a step goes through at once. */
  public int batchesAtOnce() {
    return batches == null ? 1 : batches;
  }

  /** Returns how many rows a pass has at a setting; 0 if there is no pass over rows of its own. */
  public int rowsAt(Map<String, Number> point) {
    if (rows instanceof String name) {
      return point.get(name).intValue();
    }
    return rows instanceof Integer number ? number : 0;
  }

  /**
   * Returns how many bytes are held at a setting beside the model and what a pass computes.
   *
   * @param quantities gives the value of each of {@link #QUANTITIES} that is asked for
   * @param blocks how many blocks the model has, if they are run one at a time; else 1
   */
  public double bytesHeld(
      Map<String, Number> point, ToDoubleFunction<String> quantities, int blocks) {
    return holds.stream().mapToDouble(held -> held.bytes(point, quantities, blocks)).sum();
  }
}
