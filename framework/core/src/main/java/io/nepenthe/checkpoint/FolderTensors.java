package io.nepenthe.checkpoint;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.StoredNames;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Pieces;
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

  /**
   * Passes on the values in model order, a bounded number at a time, checking names, shapes,
   * finiteness and that what is stored twice is equal.
   */
  <E extends Exception> void read(Pieces.Reader<E> reader) throws E {
    refuseUnknownParts();
    for (TensorSpec spec : model.layout().tensors()) {
      read(spec, (from, values) -> reader.read(spec.offset() + from, values));
    }
    requireEqualCopies();
  }

  /** Passes on the values of one tensor, checking name, shape and finiteness. */
  <E extends Exception> void read(TensorSpec spec, Pieces.Reader<E> reader) throws E {
    String name = storedName(spec.name());
    requireShape(spec, name);
    Pieces.cut(spec.size(), (from, count) -> reader.read(from, values(name, from, count)));
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

  private void requireEqualCopies() {
    names
        .copies()
        .forEach(
            (stored, name) -> {
              if (files.names().contains(stored)) {
                requireEqual(stored, model.layout().tensor(name));
              }
            });
  }

  private void requireEqual(String stored, TensorSpec spec) {
    String name = storedName(spec.name());
    requireShape(spec, stored);
    Pieces.cut(
        spec.size(),
        (from, count) -> {
          float[] copy = values(stored, from, count);
          float[] values = values(name, from, count);
          for (int i = 0; i < count; i++) {
            if (copy[i] != values[i]) {
              throw differs(stored, spec.name(), from + i);
            }
          }
        });
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
