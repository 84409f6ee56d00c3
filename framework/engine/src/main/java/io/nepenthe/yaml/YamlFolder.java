package io.nepenthe.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A folder of YAML files of one kind, each known by its name without {@code .yaml}; read strictly.
 *
 * @param <T> the record a file holds
 */
public final class YamlFolder<T> {
  private final Path folder;
  private final String what;
  private final Class<T> type;
  private final StrictYaml yaml;

  /**
   * Reads a folder's files, by name, and any other file by path.
   *
   * @param what what a file is, as messages name it: "suite"
   */
  public YamlFolder(Path folder, String what, Class<T> type) {
    this(folder, what, type, UnaryOperator.identity());
  }

  /** The same, for files that may say some things in short. */
  public YamlFolder(Path folder, String what, Class<T> type, UnaryOperator<JsonNode> shorthand) {
    this.folder = folder;
    this.what = what;
    this.type = type;
    this.yaml = new StrictYaml(what, shorthand);
  }

  /** Returns the names in the folder, sorted. */
  public List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot list " + what + "s in " + folder + " (" + e + ")", e);
    }
  }

  /** Returns what the file of a name holds, or of a path that ends with .yaml. */
  public T read(String nameOrPath) {
    Path file =
        nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml")
            ? Path.of(nameOrPath)
            : folder.resolve(nameOrPath + ".yaml");
    if (!Files.isRegularFile(file)) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "there is no "
              + what
              + " '"
              + nameOrPath
              + "'. Known "
              + what
              + "s: "
              + String.join(", ", names())
              + "; or give the path of a .yaml file.");
    }
    return yaml.read(file, type);
  }
}
