package io.nepenthe.suite;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.FloatType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The types that a model's weights are stored in, which are those that they have in memory, and who
 * says so.
 */
public final class StoredTypes {
  private final LanguageModel model;
  private final Map<String, FloatType> types;
  private final String source;

  private StoredTypes(LanguageModel model, Map<String, FloatType> types, String source) {
    this.model = model;
    this.types = types;
    this.source = source;
  }

  /** Returns weights that are all of one type. */
  public static StoredTypes of(LanguageModel model, FloatType type) {
    return of(model, type, "");
  }

  private static StoredTypes of(LanguageModel model, FloatType type, String source) {
    return new StoredTypes(
        model,
        model.layout().tensors().stream().collect(Collectors.toMap(TensorSpec::name, t -> type)),
        source);
  }

  /**
   * Returns those of a task's original model: as its folder has them, or else as the suite says.
   *
   * @param model the task's
   */
  public static StoredTypes of(TaskSpec task, LanguageModel model) {
    GivenOriginal given = task.original();
    if (given == null) {
      return of(model, FloatType.FLOAT32);
    }
    Path folder = given.place();
    if (Files.isDirectory(folder)) {
      return new StoredTypes(
          model, ModelFolder.types(folder, model), ", as the model's folder has them");
    }
    return given.weights() == null
        ? of(model, FloatType.FLOAT32, ", for want of the model's folder and of original.weights")
        : of(model, given.weights(), ", as the suite says");
  }

  /** Returns the type of a tensor. */
  public FloatType type(TensorSpec tensor) {
    return types.get(tensor.name());
  }

  /** Returns the bytes of all weights. */
  public long bytes() {
    return bytes(types.keySet());
  }

  /** Returns the bytes of some tensors. */
  public long bytes(Collection<String> tensors) {
    return tensors.stream()
        .mapToLong(name -> model.layout().tensor(name).size() * types.get(name).bytes())
        .sum();
  }

  /** Returns true if they are one vector in memory. */
  public boolean isFlat() {
    return Weights.isFlat(model.layout(), this::type);
  }

  /** Returns true if any tensor is of half precision. */
  public boolean isHalf() {
    return types.values().stream().anyMatch(type -> type != FloatType.FLOAT32);
  }

  /** Returns them in words, with who says so; empty for a model that is trained here. */
  public String inWords() {
    return source.isEmpty()
        ? ""
        : types.values().stream()
                .distinct()
                .sorted()
                .map(FloatType::inConfig)
                .collect(Collectors.joining(" and "))
            + source;
  }
}
