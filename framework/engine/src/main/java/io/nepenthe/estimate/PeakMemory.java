package io.nepenthe.estimate;

import io.nepenthe.editing.Blocks;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.plugin.MemoryUse;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.suite.StoredTypes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The memory that a process with a method takes at its peak on the device of the model, in bytes,
 * counted from shapes: the model, what is edited of it, what the method says it holds, and what its
 * passes compute. D = width, H = hidden units, V = vocabulary, P = parameters.
 *
 * <p>A model that is a vector of float32, and any on a GPU, is there twice: the original and the
 * one that is edited. Others are their files, mapped once, with pages of their own where they are
 * edited.
 *
 * @param model the model
 * @param types of its tensors
 * @param onGpu whether that is where it is computed
 * @param length tokens of a row
 * @param trainingRows rows of a batch of the training
 */
public record PeakMemory(
    LanguageModel model, StoredTypes types, boolean onGpu, int length, int trainingRows) {
  /** Of a token in a block, counted in D: norms, queries, keys, values, their mix, streams. */
  private static final int WIDTHS = 14;

  /** Of a token in a block, for each map into the MLP: before and after the activation. */
  private static final int UNITS = 2;

  private static final int MOST_LOGITS = 1 << 22;
  private static final int FEWEST_ROWS = 64;

  /** Gradient, the parts it is put together from, two moments; a vector of a model that is none. */
  private static final int FLOATS_OF_A_TRAINING = 4;

  /**
   * Returns the peak of the setting that takes most; empty if the method does not say.
   *
   * @param settings of the method, at least one
   * @param rows how many rows the method is given
   */
  public OptionalLong bytes(
      MethodDescriptor method, Collection<List<Map<String, Number>>> settings, int rows) {
    MemoryUse memory = method.memory();
    if (memory == null) {
      return OptionalLong.empty();
    }
    double largest = 0;
    for (List<Map<String, Number>> sharing : settings) {
      for (Map<String, Number> setting : sharing) {
        int passRows = Math.min(memory.rowsAt(setting), rows);
        double held =
            memory.bytesHeld(
                setting,
                name -> quantity(name, sharing.size(), batches(rows, passRows)),
                runsByBlock() ? model.layers() : 1);
        double edited = method.leavesTheModel() ? 0 : edited();
        largest = Math.max(largest, held + Math.max(pass(memory, passRows), edited));
      }
    }
    return OptionalLong.of(Math.round(ofModel() + largest));
  }

  private static double batches(int rows, int ofOne) {
    return Math.ceil((double) rows / Math.max(1, ofOne));
  }

  /** Returns what the model takes by itself. */
  public double ofModel() {
    return isMapped() ? types.bytes() : 2.0 * types.bytes();
  }

  private boolean isMapped() {
    return !onGpu && !types.isFlat();
  }

  /** What of a mapped model is written to: any method may edit all of every MLP. */
  private double edited() {
    return isMapped() ? types.bytes(mlp()) : 0;
  }

  private boolean runsByBlock() {
    return Blocks.areRunAlone(model.layout().size(), types.isHalf());
  }

  private double quantity(String name, int settings, double batches) {
    return switch (name) {
      case "parameters" -> model.layout().size();
      case "mlp-entries" -> entries(mlp());
      case "mlp-matrices" -> entries(matrices());
      case "largest-matrix" -> matrices().stream().mapToDouble(this::entries).max().orElse(0);
      case "neurons" -> (double) model.layers() * model.hiddenUnits();
      case "settings" -> settings;
      case "batches" -> batches;
      default -> throw new IllegalArgumentException("no quantity is named '" + name + "'");
    };
  }

  private List<String> mlp() {
    return model.mlp().stream().flatMap(mlp -> mlp.all().stream()).toList();
  }

  private List<String> matrices() {
    return model.mlp().stream().flatMap(mlp -> mlp.weights().stream()).toList();
  }

  private double entries(List<String> tensors) {
    return tensors.stream().mapToDouble(this::entries).sum();
  }

  private double entries(String tensor) {
    return model.layout().tensor(tensor).size();
  }

  private double pass(MemoryUse memory, int rows) {
    return memory.pass() == MemoryUse.Pass.TRAINING
        ? training(trainingRows * memory.batchesAtOnce())
        : pass(memory.pass(), rows);
  }

  private double training(int rows) {
    return pass(MemoryUse.Pass.GRADIENT, rows)
        + (double) FLOATS_OF_A_TRAINING * Float.BYTES * model.layout().size()
        + (types.isFlat() ? 0 : Float.BYTES * (double) model.layout().size());
  }

  private double pass(MemoryUse.Pass pass, int rows) {
    double layers = model.layers();
    double tokens = (double) rows * length;
    double streams = tokens * model.width() * Float.BYTES * (layers + 1);
    return switch (pass) {
      case NONE -> 0;
      case FORWARD_BY_BLOCK -> streams + block(tokens) + widened();
      case FORWARD -> streams + layers * block(tokens) + widened() + head(tokens);
      case GRADIENT ->
          streams + (runsByBlock() ? 2 : layers) * block(tokens) + widened() + head(tokens);
      case TRAINING -> training(rows);
    };
  }

  /** What a block computes. */
  private double block(double tokens) {
    double units = (double) UNITS * model.mlp().get(0).in().size() * model.hiddenUnits();
    return Float.BYTES * tokens * (WIDTHS * (double) model.width() + units);
  }

  /** A block's matrices in float32, where they are of half precision. */
  private double widened() {
    double ofBlocks = model.layout().size() - entries(model.embeddings());
    return types.isHalf() ? Float.BYTES * ofBlocks / model.layers() : 0;
  }

  /** A few rows of logits, and the widened table where it is of half precision. */
  private double head(double tokens) {
    double rows = Math.min(tokens, Math.max(FEWEST_ROWS, MOST_LOGITS / model.vocabulary()));
    double table = types.isHalf() ? (double) model.vocabulary() * model.width() : 0;
    return Float.BYTES * (rows * model.vocabulary() + table);
  }
}
