package io.nepenthe.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.WeightSource;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.MappedFile;
import java.nio.file.Path;
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
    try {
      return places.stream()
          .map(place -> array(place, files.computeIfAbsent(place.file, p -> map(place, manager))))
          .toList();
    } finally {
      files.values().forEach(MappedFile::close);
    }
  }

  @Override
  public NDArray array(NDManager manager, int tensor) {
    Place place = places.get(tensor);
    try (MappedFile file = map(place, manager)) {
      return array(place, file);
    }
  }

  private static MappedFile map(Place place, NDManager manager) {
    return MappedFile.of(manager, place.file, place.size);
  }

  private static NDArray array(Place place, MappedFile file) {
    return file.array(place.from, place.type, place.spec.dimensions());
  }
}
