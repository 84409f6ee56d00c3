package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The size of a task's model; vocabulary and positions follow from the data.
 *
 * @param layers number of blocks
 * @param width embedding width
 * @param heads attention heads, a divisor of the width
 * @param architecture the {@code model_type} of its kind; the paper's if left out
 */
public record ModelSpec(
    int layers,
    int width,
    int heads,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String architecture) {
  /** Returns the model of this size. */
  LanguageModel model(int vocabulary, int positions) {
    return kind().model(size(vocabulary, positions));
  }

  /** Returns the whole size. */
  public ModelSize size(int vocabulary, int positions) {
    return new ModelSize(vocabulary, positions, width, layers, heads);
  }

  /** Returns the kind of model it is. */
  public Architecture kind() {
    return Architectures.require(Objects.requireNonNullElse(architecture, Architectures.PAPER));
  }
}
