package io.nepenthe.checkpoint;

import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Gpt2;
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
 * A GPT-2 style model as a Hugging Face folder: {@code config.json} and {@code model.safetensors}.
 *
 * <p>What this class writes, transformers' GPT2LMHeadModel loads; what that writes, this class
 * reads, in float32, float16 or bfloat16, in one file or several, with or without the {@code
 * transformer.} prefix. It refuses what would make other numbers of the same weights: an untied
 * head, another scale of attention, cross attention. Dropout is none in use, and {@code
 * reorder_and_upcast_attn} changes nothing in float32.
 */
public final class Gpt2Folder {
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

  private Gpt2Folder() {}

  /** A model read from a folder; the caller closes the weights. */
  public record Loaded(Gpt2 model, Weights weights) implements AutoCloseable {
    @Override
    public void close() {
      weights.close();
    }
  }

  /** The ids a tokenizer reserves; -1 where there is none. */
  public record SpecialIds(int begin, int end, int padding) {
    /** No special ids. */
    public static final SpecialIds NONE = new SpecialIds(-1, -1, -1);
  }

  /** Writes configuration and weights; special ids below 0 are left out. */
  public static void write(Path folder, Gpt2 model, float[] values, SpecialIds ids)
      throws IOException {
    Files.createDirectories(folder);
    writeValues(folder, model, values);
    Gpt2ConfigFile.write(folder, model.config(), ids);
  }

  /**
   * Writes other weights of the model in {@code source}. Its configuration stays as it is, but for
   * the type of the numbers, which is float32 here; a tokenizer is taken along.
   */
  public static void writeLike(Path source, Path folder, Gpt2 model, float[] values)
      throws IOException {
    Files.createDirectories(folder);
    writeValues(folder, model, values);
    Files.copy(source.resolve(Gpt2ConfigFile.NAME), folder.resolve(Gpt2ConfigFile.NAME));
    Gpt2ConfigFile.nameFloat32(folder);
    carry(source, folder);
  }

  /**
   * Writes the model in {@code source} anew: float32 in one file, under GPT2LMHeadModel's names,
   * and a configuration of what GPT-2 needs. A tokenizer is taken along, nothing else is.
   */
  public static void rewrite(Path source, Path folder) throws IOException {
    Gpt2ConfigFile config = Gpt2ConfigFile.read(source);
    Gpt2 model = config.model();
    write(folder, model, readValues(source, model), config.ids());
    carry(source, folder);
  }

  private static void carry(Path source, Path folder) throws IOException {
    for (String file : CARRIED) {
      if (Files.isRegularFile(source.resolve(file))) {
        Files.copy(source.resolve(file), folder.resolve(file));
      }
    }
  }

  private static void writeValues(Path folder, Gpt2 model, float[] values) throws IOException {
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
    Gpt2ConfigFile config = Gpt2ConfigFile.read(folder);
    try (Gpt2Tensors tensors = Gpt2Tensors.open(folder, config.model())) {
      return Stream.concat(config.dropouts().stream(), tensors.leftOut().stream()).toList();
    }
  }

  /** Reads the architecture of a folder. */
  public static Gpt2 readModel(Path folder) {
    return Gpt2ConfigFile.read(folder).model();
  }

  /** Reads a folder; the weights belong to a sub-manager of {@code parent}. */
  public static Loaded read(Path folder, NDManager parent) {
    Gpt2 model = readModel(folder);
    return new Loaded(model, Weights.of(model.layout(), parent, readValues(folder, model)));
  }

  /**
   * Reads the values of a folder in model order, checking names, shapes, finiteness and that a
   * head, if it is stored at all, is the token embedding.
   */
  public static float[] readValues(Path folder, Gpt2 model) {
    try (Gpt2Tensors tensors = Gpt2Tensors.open(folder, model)) {
      return tensors.values();
    }
  }
}
