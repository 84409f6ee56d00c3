package io.nepenthe.checkpoint;

import ai.djl.ndarray.NDManager;
import io.nepenthe.files.Folders;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.MappedFile;
import io.nepenthe.tensor.Pieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A model as a Hugging Face folder: {@code config.json}, whose {@code model_type} says by which
 * {@link io.nepenthe.model.Architecture} it is read, and {@code model.safetensors}.
 *
 * <p>What this class writes, transformers loads; what that writes, this class reads, in float32,
 * float16 or bfloat16, in one file or several.
 */
public final class ModelFolder {
  private ModelFolder() {}

  /** A model read from a folder; the caller closes the weights. */
  public record Loaded(LanguageModel model, Weights weights) implements AutoCloseable {
    @Override
    public void close() {
      weights.close();
    }
  }

  /** Writes configuration and weights, in their types; special ids below 0 are left out. */
  public static void write(Path folder, LanguageModel model, Weights weights, SpecialIds ids)
      throws IOException {
    write(folder, model, spec -> tensor(weights, spec), ids, type(weights));
  }

  /** Returns the type of all tensors, or float32 where they have several. */
  private static FloatType type(Weights weights) {
    List<FloatType> types =
        weights.layout().tensors().stream().map(weights::type).distinct().toList();
    return types.size() == 1 ? types.get(0) : FloatType.FLOAT32;
  }

  /** Writes configuration and values in model order; special ids below 0 are left out. */
  public static void write(Path folder, LanguageModel model, float[] values, SpecialIds ids)
      throws IOException {
    write(folder, model, spec -> tensor(values, spec), ids, FloatType.FLOAT32);
  }

  private static void write(
      Path folder,
      LanguageModel model,
      Function<TensorSpec, Safetensors.Source> values,
      SpecialIds ids,
      FloatType type)
      throws IOException {
    Files.createDirectories(folder);
    writeValues(folder, model, values);
    ConfigFile.write(folder, model, ids, type);
  }

  /**
   * Writes other weights of the model in {@code source}: the same files, with the same header,
   * types and other tensors, in which only entries that differ change; they are rounded to the type
   * they are stored in. Configuration, index and a tokenizer are taken along as they are.
   */
  public static void writeLike(Path source, Path folder, LanguageModel model, Weights weights)
      throws IOException {
    FilesBeside beside = FilesBeside.of(source);
    Files.createDirectories(folder);
    try (FolderTensors tensors = FolderTensors.open(source, model)) {
      tensors.copy(folder, weights);
    }
    Files.copy(source.resolve(ConfigFile.NAME), folder.resolve(ConfigFile.NAME));
    beside.carry(folder);
  }

  /**
   * Writes the model in {@code source} anew: float32 in one file, under the architecture's usual
   * names, and a configuration of what it needs. A tokenizer is taken along, nothing else is. The
   * folder appears whole or not at all.
   */
  public static void rewrite(Path source, Path folder) throws IOException {
    ConfigFile config = ConfigFile.read(source);
    LanguageModel model = config.model();
    FilesBeside beside = FilesBeside.of(source);
    try (FolderTensors tensors = FolderTensors.open(source, model)) {
      Folders.write(
          folder,
          part -> {
            write(
                part, model, spec -> tensor(tensors, spec), config.specialIds(), FloatType.FLOAT32);
            beside.carry(part);
          });
    }
  }

  private static void writeValues(
      Path folder, LanguageModel model, Function<TensorSpec, Safetensors.Source> values)
      throws IOException {
    Map<String, Safetensors.Source> tensors = new LinkedHashMap<>();
    for (TensorSpec tensor : model.layout().tensors()) {
      tensors.put(tensor.name(), values.apply(tensor));
    }
    Safetensors.write(folder.resolve(WeightFiles.SINGLE), tensors);
  }

  private static Safetensors.Source tensor(float[] values, TensorSpec spec) {
    int from = Math.toIntExact(spec.offset());
    float[] part = Arrays.copyOfRange(values, from, from + Math.toIntExact(spec.size()));
    return new Safetensors.Tensor(spec.dimensions(), part);
  }

  private static Safetensors.Source tensor(Weights weights, TensorSpec spec) {
    return new Streamed(spec, weights.type(spec), reader -> weights.read(spec, reader));
  }

  private static Safetensors.Source tensor(FolderTensors tensors, TensorSpec spec) {
    return new Streamed(spec, FloatType.FLOAT32, reader -> tensors.read(spec, reader));
  }

  /** A tensor that is somewhere else, and passes by in pieces. */
  private record Streamed(TensorSpec spec, FloatType type, Values values)
      implements Safetensors.Source {
    private interface Values {
      void read(Pieces.Reader<IOException> reader) throws IOException;
    }

    @Override
    public long[] shape() {
      return spec.dimensions();
    }

    @Override
    public void read(Pieces.Reader<IOException> reader) throws IOException {
      values.read(reader);
    }
  }

  /**
   * Returns what {@link #rewrite} leaves out: dropout, tensors of other heads, and files that are
   * neither model nor tokenizer.
   */
  public static List<String> leftOut(Path folder) {
    List<String> left = new ArrayList<>(ConfigFile.read(folder).unusedSettings());
    try (FolderTensors tensors = FolderTensors.open(folder, readModel(folder))) {
      left.addAll(tensors.leftOut());
    }
    left.addAll(leftBehind(folder));
    return left;
  }

  /** Returns which files {@link #writeLike} leaves behind. */
  public static List<String> leftBehind(Path folder) {
    FilesBeside beside = FilesBeside.of(folder);
    try (WeightFiles files = WeightFiles.open(folder)) {
      List<Path> read = new ArrayList<>(files.paths());
      read.add(files.main());
      read.add(folder.resolve(ConfigFile.NAME));
      return beside.left(read);
    }
  }

  /** Returns the hash of every file that makes the model what it is, by name. */
  public static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    hashes.put(ConfigFile.NAME, ContentHash.ofFile(folder.resolve(ConfigFile.NAME)));
    try (WeightFiles files = WeightFiles.open(folder)) {
      for (Path file : files.paths()) {
        hashes.put(file.getFileName().toString(), ContentHash.ofFile(file));
      }
    }
    return hashes;
  }

  /** Reads the architecture of a folder. */
  public static LanguageModel readModel(Path folder) {
    return ConfigFile.read(folder).model();
  }

  /** Returns the type that each tensor of a folder is stored in, by its name in the model. */
  public static Map<String, FloatType> types(Path folder, LanguageModel model) {
    Map<String, FloatType> types = new LinkedHashMap<>();
    try (FolderTensors tensors = FolderTensors.open(folder, model)) {
      model.layout().tensors().forEach(spec -> types.put(spec.name(), tensors.type(spec)));
    }
    return types;
  }

  /** Reads a folder as {@link #mapWeights} does. */
  public static Loaded read(Path folder, NDManager parent) {
    LanguageModel model = readModel(folder);
    return new Loaded(model, mapWeights(folder, model, parent));
  }

  /**
   * Passes on the values of a folder in model order, a bounded number at a time. Names and shapes
   * are checked before, finiteness and that what is stored twice is equal as the values pass by.
   */
  public static <E extends Exception> void read(
      Path folder, LanguageModel model, Pieces.Reader<E> reader) throws E {
    try (FolderTensors tensors = FolderTensors.open(folder, model)) {
      tensors.read(reader);
    }
  }

  /**
   * Returns the weights of a folder, with the same checks and in its types, in a sub-manager of
   * {@code parent}. Those that are no flat vector are the files, mapped into memory, on a CPU;
   * editing them changes no file. Whoever shortens a file meanwhile ends the process.
   */
  public static Weights mapWeights(Path folder, LanguageModel model, NDManager parent) {
    try (FolderTensors tensors = FolderTensors.open(folder, model)) {
      if (Weights.isFlat(model.layout(), tensors::type)
          || parent.getDevice().isGpu()
          || !MappedFile.isPossible()) {
        return read(tensors, parent);
      }
      Weights mapped = Weights.mapped(model.layout(), parent, tensors.mapped());
      return checked(mapped, () -> tensors.check(mapped));
    }
  }

  /**
   * Reads the weights of a folder, with the same checks and in its types, into a sub-manager of
   * {@code parent}.
   */
  public static Weights readWeights(Path folder, LanguageModel model, NDManager parent) {
    try (FolderTensors tensors = FolderTensors.open(folder, model)) {
      return read(tensors, parent);
    }
  }

  private static Weights read(FolderTensors tensors, NDManager parent) {
    Weights weights = Weights.zeros(tensors.layout(), parent, tensors::type);
    return checked(weights, () -> tensors.read(weights::write));
  }

  private static Weights checked(Weights weights, Runnable check) {
    try {
      check.run();
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** Reads the values of a folder in model order, with the same checks, into an array. */
  public static float[] readValues(Path folder, LanguageModel model) {
    float[] values = new float[Math.toIntExact(model.layout().size())];
    read(
        folder,
        model,
        (from, piece) -> System.arraycopy(piece, 0, values, (int) from, piece.length));
    return values;
  }
}
