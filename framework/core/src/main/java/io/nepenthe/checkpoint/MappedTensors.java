package io.nepenthe.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.WeightSource;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.MappedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a model in its files, to be mapped into memory, each of the type it is stored in.
 *
 * @param places one per tensor, in model order
 */
record MappedTensors(List<Place> places) implements WeightSource {
  /**
   * Where a tensor lies.
   *
   * @param size of the file
   * @param from position of its first byte
   */
  record Place(Path file, long size, long from, FloatType type, TensorSpec spec) {}

  @Override
  public List<NDArray> arrays(NDManager manager) {
    Map<Path, MappedFile> files = new HashMap<>();
    List<NDArray> arrays = new ArrayList<>();
    try {
      for (Place place : places) {
        MappedFile file =
            files.computeIfAbsent(place.file, path -> MappedFile.of(manager, path, place.size));
        arrays.add(file.array(place.from, place.type, place.spec.dimensions()));
      }
      return arrays;
    } finally {
      files.values().forEach(MappedFile::close);
    }
  }
}
