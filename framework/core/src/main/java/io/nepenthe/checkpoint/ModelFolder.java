package io.nepenthe.checkpoint;

import ai.djl.ndarray.NDManager;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model as a Hugging Face folder: {@code config.json}, whose {@code model_type} says by which
 * {@link io.nepenthe.model.Architecture} it is read, and {@code model.safetensors}.
 *
 * <p>What this class writes, transformers loads; what that writes, this class reads, in float32,
 * float16 or bfloat16, in one file or several.
 */
public final class ModelFolder {
  /** Files beside the weights that are as true of other weights. */
  private static final List<String> CARRIED =
      List.of(
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt");

  private ModelFolder() {}

  /** A model read from a folder; the caller closes the weights. */
  public record Loaded(LanguageModel model, Weights weights) implements AutoCloseable {
    @Override
    public void close() {
      weights.close();
    }
  }

  /** Writes configuration and weights; special ids below 0 are left out. */
  public static void write(Path folder, LanguageModel model, float[] values, SpecialIds ids)
      throws IOException {
    Files.createDirectories(folder);
    writeValues(folder, model, values);
    ConfigFile.write(folder, model, ids);
  }

  /**
   * Writes other weights of the model in {@code source}. Its configuration stays as it is, but for
   * the type of the numbers, which is float32 here; a tokenizer is taken along.
   */
  public static void writeLike(Path source, Path folder, LanguageModel model, float[] values)
      throws IOException {
    Files.createDirectories(folder);
    writeValues(folder, model, values);
    Files.copy(source.resolve(ConfigFile.NAME), folder.resolve(ConfigFile.NAME));
    ConfigFile.nameFloat32(folder);
    carry(source, folder);
  }

  /**
   * Writes the model in {@code source} anew: float32 in one file, under the architecture's usual
   * names, and a configuration of what it needs. A tokenizer is taken along, nothing else is.
   */
  public static void rewrite(Path source, Path folder) throws IOException {
    ConfigFile config = ConfigFile.read(source);
    LanguageModel model = config.model();
    write(folder, model, readValues(source, model), config.specialIds());
    carry(source, folder);
  }

  private static void carry(Path source, Path folder) throws IOException {
    for (String file : CARRIED) {
      if (Files.isRegularFile(source.resolve(file))) {
        Files.copy(source.resolve(file), folder.resolve(file));
      }
    }
  }

  private static void writeValues(Path folder, LanguageModel model, float[] values)
      throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (TensorSpec tensor : model.layout().tensors()) {
      int from = Math.toIntExact(tensor.offset());
      float[] part = Arrays.copyOfRange(values, from, from + Math.toIntExact(tensor.size()));
      tensors.put(tensor.name(), new Safetensors.Tensor(tensor.dimensions(), part));
    }
    Safetensors.write(folder.resolve(WeightFiles.SINGLE), tensors);
  }

  /** Returns what a folder holds that this model is without: dropout, tensors of other heads. */
  public static List<String> leftOut(Path folder) {
    ConfigFile config = ConfigFile.read(folder);
    try (FolderTensors tensors = FolderTensors.open(folder, config.model())) {
      return Stream.concat(config.unusedSettings().stream(), tensors.leftOut().stream()).toList();
    }
  }

  /** Reads the architecture of a folder. */
  public static LanguageModel readModel(Path folder) {
    return ConfigFile.read(folder).model();
  }

  /** Reads a folder; the weights belong to a sub-manager of {@code parent}. */
  public static Loaded read(Path folder, NDManager parent) {
    LanguageModel model = readModel(folder);
    return new Loaded(model, Weights.of(model.layout(), parent, readValues(folder, model)));
  }

  /**
   * Reads the values of a folder in model order, checking names, shapes, finiteness and that what
   * is stored twice is equal.
   */
  public static float[] readValues(Path folder, LanguageModel model) {
    try (FolderTensors tensors = FolderTensors.open(folder, model)) {
      return tensors.values();
    }
  }
}
