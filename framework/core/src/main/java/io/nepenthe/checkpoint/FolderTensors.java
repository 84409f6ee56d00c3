package io.nepenthe.checkpoint;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.StoredNames;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Pieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tensors of a model among those of a folder, by the names its architecture gives them. */
final class FolderTensors implements AutoCloseable {
  private final WeightFiles files;
  private final LanguageModel model;
  private final StoredNames names;

  private FolderTensors(WeightFiles files, LanguageModel model) {
    this.files = files;
    this.model = model;
    this.names = model.architecture().storedNames(model);
  }

  /** Opens a folder, checking names and shapes; values are checked when they are read. */
  static FolderTensors open(Path folder, LanguageModel model) {
    FolderTensors tensors = new FolderTensors(WeightFiles.open(folder), model);
    try {
      tensors.check();
      if (!ConfigFile.read(folder).isTied()) {
        tensors.requireCopies();
      }
      return tensors;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private void check() {
    refuseUnknownParts();
    for (TensorSpec spec : model.layout().tensors()) {
      requireShape(spec, storedName(spec));
      copies(spec).forEach(copy -> requireShape(spec, copy));
    }
  }

  /** Of a model that is said to be untied, transformers would draw at random what is missing. */
  private void requireCopies() {
    for (Map.Entry<String, String> copy : names.copies().entrySet()) {
      if (copies(model.layout().tensor(copy.getValue())).isEmpty()) {
        throw BadModel.of(
            files.main(),
            "tensor "
                + (files.names().contains(copy.getKey()) ? copy.getValue() : copy.getKey())
                + " is missing, and config.json says that tie_word_embeddings is false");
      }
    }
  }

  @Override
  public void close() {
    files.close();
  }

  /** Passes on all values in model order, as {@link #read(TensorSpec, Pieces.Reader)} does. */
  <E extends Exception> void read(Pieces.Reader<E> reader) throws E {
    for (TensorSpec spec : model.layout().tensors()) {
      read(spec, (from, values) -> reader.read(spec.offset() + from, values));
    }
  }

  /**
   * Passes on the values of one tensor, a bounded number at a time, checking finiteness and that
   * what is stored twice is equal.
   */
  <E extends Exception> void read(TensorSpec spec, Pieces.Reader<E> reader) throws E {
    String name = storedName(spec);
    List<String> copies = copies(spec);
    Pieces.cut(
        spec.size(),
        (from, count) -> {
          float[] values = values(name, from, count);
          for (String copy : copies) {
            requireEqual(spec, from, values, copy);
          }
          reader.read(from, values);
        });
  }

  /** Returns the type a tensor is stored in. */
  FloatType type(TensorSpec spec) {
    return files.holder(storedName(spec)).type(storedName(spec));
  }

  /** Returns where all tensors lie, to be mapped. */
  MappedTensors mapped() {
    List<MappedTensors.Place> places = new ArrayList<>();
    for (TensorSpec spec : model.layout().tensors()) {
      String name = storedName(spec);
      SafetensorsFile file = files.holder(name);
      places.add(
          new MappedTensors.Place(
              file.path(), file.size(), file.position(name), file.type(name), spec));
    }
    return new MappedTensors(places);
  }

  /**
   * Writes the files anew, into another folder, with other weights. Entries that are as they were
   * keep their bits, whatever their type; others are rounded to it. Where a tensor is stored more
   * than once, in several types, its value is one that all of them have.
   */
  void copy(Path folder, Weights weights) throws IOException {
    Map<String, TensorSpec> specs = new HashMap<>();
    for (TensorSpec spec : model.layout().tensors()) {
      specs.put(storedName(spec), spec);
      copies(spec).forEach(copy -> specs.put(copy, spec));
    }
    files.copy(folder, file -> new Edited(file, specs, weights));
  }

  /** What edited weights make of one file. */
  private final class Edited implements SafetensorsFile.Replacement {
    private final SafetensorsFile file;
    private final Map<String, TensorSpec> specs;
    private final Weights weights;

    Edited(SafetensorsFile file, Map<String, TensorSpec> specs, Weights weights) {
      this.file = file;
      this.specs = specs;
      this.weights = weights;
    }

    @Override
    public boolean concerns(String name) {
      return specs.containsKey(name);
    }

    @Override
    public void replace(String name, long from, int count, ByteBuffer bytes) {
      TensorSpec spec = specs.get(name);
      float[] before = files.values(storedName(spec), from, count);
      float[] after = weights.values(spec, from, count);
      FloatType type = file.type(name);
      Set<FloatType> types = types(spec);
      for (int i = 0; i < count; i++) {
        if (Float.floatToRawIntBits(after[i]) != Float.floatToRawIntBits(before[i])) {
          float rounded = rounded(after[i], types);
          if (!Float.isFinite(rounded)) {
            throw beyond(types, after[i], spec, from + i);
          }
          type.put(bytes, i, rounded);
        }
      }
    }
  }

  private static float rounded(float value, Set<FloatType> types) {
    float rounded = value;
    for (FloatType type : types) {
      rounded = type.rounded(rounded);
    }
    return rounded;
  }

  private static NepentheException beyond(
      Set<FloatType> types, float value, TensorSpec spec, long entry) {
    String what = spec.name() + " has " + value + " at entry " + entry;
    return new NepentheException(
        ErrorCode.TRIAL_FAILED,
        "tensor " + what + ", beyond what the model's folder stores it in: " + types);
  }

  private Set<FloatType> types(TensorSpec spec) {
    Set<FloatType> types = EnumSet.noneOf(FloatType.class);
    types.addAll(files.types(storedName(spec)));
    copies(spec).forEach(copy -> types.addAll(files.types(copy)));
    return types;
  }

  /** Returns the names of tensors that the model does not compute with. */
  List<String> leftOut() {
    Set<String> known = new HashSet<>(names.copies().keySet());
    for (TensorSpec spec : model.layout().tensors()) {
      known.addAll(names.of(spec.name()));
    }
    return files.names().stream()
        .filter(name -> !known.contains(name) && !names.isConstant(name))
        .toList();
  }

  private void refuseUnknownParts() {
    for (String name : leftOut()) {
      Optional<String> why = names.refusal(name);
      if (why.isPresent()) {
        throw BadModel.of(files.main(), "tensor " + name + " " + why.get());
      }
    }
  }

  private String storedName(TensorSpec spec) {
    return names.of(spec.name()).stream()
        .filter(files.names()::contains)
        .findFirst()
        .orElseThrow(() -> missing(spec));
  }

  private NepentheException missing(TensorSpec spec) {
    return BadModel.of(
        files.main(),
        "tensor "
            + spec.name()
            + " is missing"
            + names.of(spec.name()).stream()
                .flatMap(name -> files.names().stream().filter(other -> other.endsWith("." + name)))
                .findFirst()
                .map(other -> "; there is " + other + ": save the model without what wraps it")
                .orElse(""));
  }

  /** Returns the other names under which a tensor is stored once more. */
  private List<String> copies(TensorSpec spec) {
    Set<String> all = new LinkedHashSet<>(names.of(spec.name()));
    names
        .copies()
        .forEach(
            (copy, name) -> {
              if (name.equals(spec.name())) {
                all.add(copy);
              }
            });
    all.retainAll(files.names());
    all.remove(storedName(spec));
    return List.copyOf(all);
  }

  private void requireShape(TensorSpec spec, String name) {
    long[] shape = files.shape(name);
    if (!Arrays.equals(shape, spec.dimensions())) {
      throw BadModel.of(
          files.main(),
          "tensor " + name + " has shape " + Arrays.toString(shape) + ", must be " + spec.shape());
    }
  }

  private float[] values(String name, long from, int count) {
    float[] values = files.values(name, from, count);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw BadModel.of(
            files.main(), "tensor " + name + " holds " + values[i] + " at entry " + (from + i));
      }
    }
    return values;
  }

  private void requireEqual(TensorSpec spec, long from, float[] values, String stored) {
    float[] copy = values(stored, from, values.length);
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] != values[i]) {
        throw differs(stored, spec.name(), from + i);
      }
    }
  }

  private NepentheException differs(String stored, String name, long entry) {
    return BadModel.of(
        files.main(),
        stored
            + " differs from "
            + name
            + " at entry "
            + entry
            + ", which is the same tensor in a "
            + model.architecture().name());
  }
}
