package io.nepenthe.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The weights of a Hugging Face folder, open to be read: {@code model.safetensors}, or else the
 * files that {@code model.safetensors.index.json} spreads them over.
 */
final class WeightFiles implements AutoCloseable {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";
  private static final int MOST_NAMES = 3;
  private static final Pattern OF_WEIGHTS =
      Pattern.compile(".*\\.(safetensors|bin|h5|msgpack|gguf|pt|pth|ckpt|onnx|index\\.json)");
  private static final Pattern PICKLE = Pattern.compile("pytorch_model.*\\.bin(\\.index\\.json)?");

  private final Path main;
  private final Collection<SafetensorsFile> files;
  private final Map<String, List<SafetensorsFile>> places = new LinkedHashMap<>();

  private WeightFiles(Path main, Collection<SafetensorsFile> files) {
    this.main = main;
    this.files = files;
    for (SafetensorsFile file : files) {
      file.names()
          .forEach(name -> places.computeIfAbsent(name, key -> new ArrayList<>()).add(file));
    }
  }

  static WeightFiles open(Path folder) {
    Path single = folder.resolve(SINGLE);
    Path index = folder.resolve(INDEX);
    if (FolderFile.isThere(single)) {
      return new WeightFiles(single, List.of(SafetensorsFile.open(single)));
    }
    if (FolderFile.isThere(index)) {
      return sharded(index);
    }
    throw missing(folder);
  }

  private static NepentheException missing(Path folder) {
    List<String> others = others(folder);
    Optional<String> pickle =
        others.stream().filter(name -> PICKLE.matcher(name).matches()).findFirst();
    if (pickle.isPresent()) {
      return BadModel.of(
          folder.resolve(pickle.get()),
          "is not read, because such a file can run code; save the model as safetensors");
    }
    return BadModel.of(
        folder.resolve(SINGLE),
        "is missing; "
            + (others.isEmpty() ? "" : "there is " + String.join(", ", others) + "; ")
            + "save the model as safetensors, with "
            + INDEX
            + " if it is in several files");
  }

  private static List<String> others(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> OF_WEIGHTS.matcher(name).matches())
          .sorted()
          .limit(MOST_NAMES)
          .toList();
    } catch (IOException e) {
      throw BadModel.unreadable(folder, e);
    }
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
    return holder(name).shape(name);
  }

  /** Reads some values of a tensor that is there, from a flat index on. */
  float[] values(String name, long from, int count) {
    List<SafetensorsFile> holders = holders(name);
    float[] values = holders.get(0).values(name, from, count);
    for (SafetensorsFile other : holders.subList(1, holders.size())) {
      if (!Arrays.equals(other.shape(name), shape(name))
          || !Arrays.equals(other.values(name, from, count), values)) {
        throw BadModel.of(
            other.path(), "tensor " + name + " differs from that in " + holders.get(0).path());
      }
    }
    return values;
  }

  /** Returns the file that holds a tensor that is there; the first of them, if several do. */
  SafetensorsFile holder(String name) {
    return holders(name).get(0);
  }

  /** Returns true if no other file holds a tensor that is there. */
  boolean isOnce(String name) {
    return holders(name).size() == 1;
  }

  /** Returns the types in which a tensor that is there is stored, of which there may be several. */
  Set<FloatType> types(String name) {
    return holders(name).stream().map(file -> file.type(name)).collect(Collectors.toSet());
  }

  /** Writes all files, and the index, into another folder, with other numbers in some tensors. */
  void copy(Path folder, Function<SafetensorsFile, SafetensorsFile.Replacement> replacement)
      throws IOException {
    for (SafetensorsFile file : files) {
      file.copy(folder.resolve(file.path().getFileName()), replacement.apply(file));
    }
    if (!paths().contains(main)) {
      Files.copy(main, folder.resolve(main.getFileName()));
    }
  }

  private List<SafetensorsFile> holders(String name) {
    List<SafetensorsFile> holders = places.get(name);
    if (holders == null) {
      throw new IllegalArgumentException(main + " has no tensor " + name);
    }
    return holders;
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }

  /** As transformers does: an index says which files to read, they what is in them. */
  private static WeightFiles sharded(Path index) {
    Map<String, SafetensorsFile> files = new TreeMap<>();
    try {
      for (JsonNode file : weightMap(index)) {
        files.computeIfAbsent(file.asText(), name -> openShard(index, name));
      }
      return new WeightFiles(index, files.values());
    } catch (RuntimeException e) {
      files.values().forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private static JsonNode weightMap(Path index) {
    JsonNode map = FolderFile.json(index).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw BadModel.of(index, "has no weight_map; save the model again");
    }
    return map;
  }

  private static SafetensorsFile openShard(Path index, String name) {
    if (!name.matches("[^/\\\\]+\\.safetensors")) {
      throw BadModel.of(index, "names '" + name + "', which is no safetensors file beside it");
    }
    Path shard = index.resolveSibling(name);
    if (!FolderFile.isThere(shard)) {
      throw BadModel.of(shard, "is missing, and " + INDEX + " names it; copy the model whole");
    }
    return SafetensorsFile.open(shard);
  }
}
