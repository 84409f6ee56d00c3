package io.nepenthe.checkpoint;

import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ParameterLayout;
import io.nepenthe.model.StoredNames;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Pieces;
import java.io.IOException;
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

  ParameterLayout layout() {
    return model.layout();
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

  /** Checks weights that were mapped as {@link #read} does, without reading them a second time. */
  void check(Weights mapped) {
    for (TensorSpec spec : model.layout().tensors()) {
      if (copies(spec).isEmpty() && files.isOnce(storedName(spec))) {
        checkFinite(mapped, spec);
      } else {
        read(spec, (from, values) -> {});
      }
    }
  }

  private void checkFinite(Weights mapped, TensorSpec spec) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long entry = Entries.firstNotFinite(mapped.tensor(spec.name()));
      if (entry >= 0) {
        throw notFinite(storedName(spec), mapped.values(spec, entry, 1)[0], entry);
      }
    }
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
    files.copy(folder, file -> new EditedFile(file, specs, this, weights));
  }

  /** Returns some values of a tensor as they are stored, from a flat index on. */
  float[] stored(TensorSpec spec, long from, int count) {
    return files.values(storedName(spec), from, count);
  }

  /** Returns the types in which a tensor is stored. */
  Set<FloatType> types(TensorSpec spec) {
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
        throw notFinite(name, values[i], from + i);
      }
    }
    return values;
  }

  private NepentheException notFinite(String name, float value, long entry) {
    return BadModel.of(files.main(), "tensor " + name + " holds " + value + " at entry " + entry);
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
