package io.nepenthe.checkpoint;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.StoredNames;
import io.nepenthe.model.TensorSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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

  static FolderTensors open(Path folder, LanguageModel model) {
    return new FolderTensors(WeightFiles.open(folder), model);
  }

  @Override
  public void close() {
    files.close();
  }

  /** Reads the values in model order, checking names, shapes, finiteness and the head. */
  float[] values() {
    refuseUnknownParts();
    float[] values = new float[Math.toIntExact(model.layout().size())];
    for (TensorSpec spec : model.layout().tensors()) {
      float[] part = read(spec, storedName(spec.name()));
      System.arraycopy(part, 0, values, Math.toIntExact(spec.offset()), part.length);
    }
    requireEqualCopies(values);
    return values;
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
    Optional<String> unknown = leftOut().stream().filter(names::isComputedWith).findFirst();
    if (unknown.isPresent()) {
      throw BadModel.of(
          files.main(),
          "tensor "
              + unknown.get()
              + " is of no "
              + model.architecture().name()
              + " with this config.json");
    }
  }

  private String storedName(String name) {
    return names.of(name).stream()
        .filter(files.names()::contains)
        .findFirst()
        .orElseThrow(() -> BadModel.of(files.main(), "tensor " + name + " is missing"));
  }

  private float[] read(TensorSpec spec, String name) {
    Safetensors.Tensor tensor = files.tensor(name);
    if (!Arrays.equals(tensor.shape(), spec.dimensions())) {
      throw BadModel.of(
          files.main(),
          "tensor "
              + name
              + " has shape "
              + Arrays.toString(tensor.shape())
              + ", must be "
              + spec.shape());
    }
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw BadModel.of(
            files.main(), "tensor " + name + " holds " + values[i] + " at entry " + i);
      }
    }
    return values;
  }

  private void requireEqualCopies(float[] values) {
    names
        .copies()
        .forEach(
            (stored, name) -> {
              if (files.names().contains(stored)) {
                requireEqual(stored, model.layout().tensor(name), values);
              }
            });
  }

  private void requireEqual(String stored, TensorSpec spec, float[] values) {
    float[] copy = read(spec, stored);
    int from = Math.toIntExact(spec.offset());
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] != values[from + i]) {
        throw BadModel.of(
            files.main(),
            stored
                + " differs from "
                + spec.name()
                + " at entry "
                + i
                + ", which is the same tensor in a "
                + model.architecture().name());
      }
    }
  }
}
