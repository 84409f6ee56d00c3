package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.data.TaskData;
import io.nepenthe.data.Window;
import io.nepenthe.data.math.MathData;
import io.nepenthe.data.math.MathDataSpec;
import io.nepenthe.data.math.MathTokens;
import io.nepenthe.model.Gpt2;
import io.nepenthe.model.Gpt2Config;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.Quirk;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One task: data, architecture, training and what is measured.
 *
 * @param id kebab-case name
 * @param version goes up whenever the task's numbers could change
 * @param kind "math"; chooses grids and the selection rule
 * @param data what the rows are made of
 * @param window tokens given and compared
 * @param model size of the model
 * @param training how it is trained
 * @param budgetSeconds longest time one trial may take
 * @param mitigateAfter the pass whose checkpoint is mitigated; the last if left out. Tasks that
 *     differ in it share one training
 */
public record TaskSpec(
    String id,
    int version,
    String kind,
    MathDataSpec data,
    Window window,
    ModelSpec model,
    TrainingSpec training,
    double budgetSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer mitigateAfter) {
  /** Checks the ranges. */
  public TaskSpec {
    if (id == null || !id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("id is '" + id + "', must be kebab-case, like math-noise");
    }
    if (!"math".equals(kind)) {
      throw new IllegalArgumentException("kind is '" + kind + "', must be 'math'");
    }
    if (data == null || window == null || model == null || training == null) {
      throw new IllegalArgumentException("task " + id + " needs data, window, model and training");
    }
    if (!(budgetSeconds > 0)) {
      throw new IllegalArgumentException(
          "budgetSeconds is " + budgetSeconds + ", must be more than 0");
    }
    if (window.end() > data.length()) {
      throw new IllegalArgumentException(
          "window ends at token " + window.end() + ", rows have data.length " + data.length());
    }
    if (mitigateAfter != null && !training.checkpoints().contains(mitigateAfter)) {
      throw new IllegalArgumentException(
          "mitigateAfter is "
              + mitigateAfter
              + ", must be one of training.checkpoints "
              + training.checkpoints());
    }
    training.settings();
    architecture(data, model);
  }

  /** Returns the rows of a seed. */
  public TaskData build(long seed, Set<Quirk> quirks) {
    try {
      return MathData.build(data, window, quirks, seed);
    } catch (IllegalArgumentException e) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "task " + id + ", seed " + seed + ": " + e.getMessage() + ". Correct the suite.",
          e);
    }
  }

  /** Returns how many passes the model that is mitigated was trained. */
  @JsonIgnore
  public int mitigatedPasses() {
    return mitigateAfter == null ? training.passes() : mitigateAfter;
  }

  /** Returns the architecture. */
  public Gpt2 architecture() {
    return architecture(data, model);
  }

  private static Gpt2 architecture(MathDataSpec data, ModelSpec model) {
    return new Gpt2(
        Gpt2Config.tinyMem(
            MathTokens.VOCABULARY, data.length(), model.width(), model.layers(), model.heads()));
  }

  /** Returns the key of a plugin's grids: the kind, and the layers where grids differ by them. */
  @JsonIgnore
  public String gridKind() {
    return kind + "-" + model.layers();
  }

  /** Returns a hash of the whole definition. */
  public String hash() {
    return ContentHash.of(Json.canonical(this));
  }
}
