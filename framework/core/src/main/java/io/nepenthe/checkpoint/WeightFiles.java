package io.nepenthe.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a Hugging Face folder, open to be read: {@code model.safetensors}, or else the
 * files that {@code model.safetensors.index.json} spreads them over.
 */
final class WeightFiles implements AutoCloseable {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";
  private static final List<String> PICKLES =
      List.of("pytorch_model.bin", "pytorch_model.bin.index.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path main;
  private final Collection<SafetensorsFile> files;
  private final Map<String, SafetensorsFile> places;

  private WeightFiles(
      Path main, Collection<SafetensorsFile> files, Map<String, SafetensorsFile> places) {
    this.main = main;
    this.files = files;
    this.places = places;
  }

  static WeightFiles open(Path folder) {
    Path single = folder.resolve(SINGLE);
    Path index = folder.resolve(INDEX);
    if (Files.isRegularFile(single)) {
      return single(single);
    }
    if (Files.isRegularFile(index)) {
      return sharded(index);
    }
    for (String pickle : PICKLES) {
      if (Files.exists(folder.resolve(pickle))) {
        throw BadModel.of(
            folder.resolve(pickle),
            "is not read, because such a file can run code; save the model as safetensors");
      }
    }
    throw BadModel.of(single, "is missing; save the model as safetensors");
  }

  /** Returns the file that names all others, for messages. */
  Path main() {
    return main;
  }

  /** Returns the files that hold tensors. */
  List<Path> paths() {
    return files.stream().map(SafetensorsFile::path).toList();
  }

  Set<String> names() {
    return Collections.unmodifiableSet(places.keySet());
  }

  /** Returns the shape of a tensor that is there. */
  long[] shape(String name) {
    return file(name).shape(name);
  }

  /** Reads some values of a tensor that is there, from a flat index on. */
  float[] values(String name, long from, int count) {
    return file(name).values(name, from, count);
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = places.get(name);
    if (file == null) {
      throw new IllegalArgumentException(main + " has no tensor " + name);
    }
    return file;
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }

  private static WeightFiles single(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    Map<String, SafetensorsFile> places = new LinkedHashMap<>();
    file.names().forEach(name -> places.put(name, file));
    return new WeightFiles(path, List.of(file), places);
  }

  private static WeightFiles sharded(Path index) {
    Map<String, SafetensorsFile> files = new LinkedHashMap<>();
    Map<String, SafetensorsFile> places = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, JsonNode> entry : weightMap(index).properties()) {
        String name = entry.getValue().asText();
        SafetensorsFile file = files.computeIfAbsent(name, shard -> openShard(index, shard));
        if (!file.names().contains(entry.getKey())) {
          throw BadModel.of(index, "tensor " + entry.getKey() + " is not in " + name);
        }
        places.put(entry.getKey(), file);
      }
      return new WeightFiles(index, files.values(), places);
    } catch (RuntimeException e) {
      files.values().forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private static JsonNode weightMap(Path index) {
    try {
      JsonNode json = JSON.readTree(index.toFile());
      if (json == null || !json.path("weight_map").isObject()) {
        throw BadModel.of(index, "has no weight_map; save the model again");
      }
      return json.path("weight_map");
    } catch (IOException e) {
      throw BadModel.of(index, "cannot be read as JSON; save the model again", e);
    }
  }

  private static SafetensorsFile openShard(Path index, String name) {
    if (!name.matches("[^/\\\\]+\\.safetensors")) {
      throw BadModel.of(index, "names '" + name + "', which is no safetensors file beside it");
    }
    Path shard = index.resolveSibling(name);
    if (!Files.isRegularFile(shard)) {
      throw BadModel.of(shard, "is missing, and " + INDEX + " names it; copy the model whole");
    }
    return SafetensorsFile.open(shard);
  }
}
