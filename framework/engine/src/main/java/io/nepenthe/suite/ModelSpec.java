package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model of a suite: its size, the rest being as its architecture documents; or its configuration,
 * in the words of the architecture's {@code config.json}. Vocabulary and positions of a model that
 * is trained follow from the data.
 *
 * @param layers number of blocks
 * @param width embedding width
 * @param heads attention heads, a divisor of the width
 * @param architecture the {@code model_type} of its kind; the paper's if left out
 * @param config in place of layers, width and heads; what it leaves out is as in a {@code
 *     config.json}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelSpec(
    @Nullable Integer layers,
    @Nullable Integer width,
    @Nullable Integer heads,
    @Nullable String architecture,
    @Nullable ObjectNode config) {
  /** Checks that a size is given in one way. */
  public ModelSpec {
    boolean whole = layers != null && width != null && heads != null;
    boolean none = layers == null && width == null && heads == null;
    if (config == null ? !whole : (!none || architecture == null)) {
      throw new IllegalArgumentException(
          "model needs layers, width and heads, or else architecture and config");
    }
    config = config == null ? null : config.deepCopy();
  }

  /** Makes a model of a size. */
  public ModelSpec(int layers, int width, int heads, @Nullable String architecture) {
    this(layers, width, heads, architecture, null);
  }

  /** Returns the model, which is trained on rows of so many ids and that length. */
  LanguageModel model(int vocabulary, int positions) {
    if (config == null) {
      return kind().model(size(vocabulary, positions));
    }
    return heeding(kind().model(config, vocabulary, positions), config);
  }

  /**
   * Returns the model that the configuration alone describes, which was trained elsewhere.
   *
   * @throws IllegalArgumentException if there is none
   */
  public LanguageModel whole() {
    if (config == null) {
      throw new IllegalArgumentException("the model in original needs architecture and config");
    }
    return heeding(kind().model(config), config);
  }

  /**
   * Refuses a model of which the configuration is not true.
   *
   * @param folder where it was found
   */
  void requireSame(LanguageModel found, String task, Path folder) {
    try {
      if (!found.architecture().type().equals(kind().type())) {
        throw new IllegalArgumentException(
            "model.architecture is "
                + kind().type()
                + ", but the model is a "
                + found.architecture().type());
      }
      heeding(found, Objects.requireNonNull(config));
    } catch (IllegalArgumentException e) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "task %s: %s is another model than original says: %s."
              .formatted(task, folder, e.getMessage()),
          e);
    }
  }

  private ModelSize size(int vocabulary, int positions) {
    return new ModelSize(
        vocabulary,
        positions,
        Objects.requireNonNull(width),
        Objects.requireNonNull(layers),
        Objects.requireNonNull(heads));
  }

  /** Returns the kind of model it is. */
  public Architecture kind() {
    return Architectures.require(Objects.requireNonNullElse(architecture, Architectures.PAPER));
  }

  /**
   * Returns a model if all its configuration says is true of it: a misspelt key, dropout, or a size
   * that the data decides would be passed over.
   */
  private static LanguageModel heeding(LanguageModel model, ObjectNode config) {
    ObjectNode heeded = model.architecture().config(model);
    for (Map.Entry<String, JsonNode> said : config.properties()) {
      JsonNode meant = heeded.path(said.getKey());
      if (meant.isMissingNode()) {
        throw new IllegalArgumentException(
            "model.config has '"
                + said.getKey()
                + "', which a "
                + model.architecture().name()
                + " does not read; there is "
                + heeded.properties().stream().map(Map.Entry::getKey).toList());
      }
      if (!isSame(said.getValue(), meant)) {
        throw new IllegalArgumentException(
            "model.config."
                + said.getKey()
                + " is "
                + said.getValue()
                + ", but the model has "
                + meant
                + "; leave it out");
      }
    }
    return model;
  }

  private static boolean isSame(JsonNode said, JsonNode meant) {
    if (said.isNumber() && meant.isNumber()) {
      return said.doubleValue() == meant.doubleValue();
    }
    return said.isContainerNode() || said.equals(meant);
  }
}
