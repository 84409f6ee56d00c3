package io.nepenthe.suite;

import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.Need;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files of a task that methods alone see: rows, each asked for as {@code file:NAME}. */
final class MethodFiles {
  private final TaskSpec task;
  private final Map<String, String> paths;

  MethodFiles(TaskSpec task, Map<String, String> paths) {
    this.task = task;
    this.paths = paths;
  }

  /** Returns the paths by name, sorted; checks that a method can ask for each. */
  static Map<String, String> checked(Map<String, String> paths) {
    paths.forEach(
        (name, path) -> {
          try {
            Need.file(name);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "files has the name '" + name + "', must be kebab-case, like paraphrases", e);
          }
          if (path == null || path.isBlank()) {
            throw new IllegalArgumentException(
                "files." + name + " is empty, must be the path of a .csv file of rows");
          }
        });
    return new TreeMap<>(paths);
  }

  /** Refuses a file that is not there, before anything is trained. */
  void requireThere() {
    paths.forEach(
        (name, path) -> {
          if (!Files.isRegularFile(Path.of(path))) {
            throw new NepentheException(
                ErrorCode.BAD_SUITE,
                "task "
                    + task.id()
                    + ": files."
                    + name
                    + " is "
                    + path
                    + ", and there is no such file. Paths are absolute or within the working"
                    + " directory.");
          }
        });
  }

  /** Returns the rows of a name, which must be like the task's own. */
  Optional<Sequences> rows(String name) {
    return Optional.ofNullable(paths.get(name)).map(path -> read(Path.of(path)));
  }

  private Sequences read(Path file) {
    Sequences rows = Sequences.readCsv(file);
    int length = task.data().length();
    int ids = task.vocabulary().size();
    if (rows.length() != length || rows.largestToken() >= ids) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          file
              + " has "
              + rows
              + " up to id "
              + rows.largestToken()
              + ", must have rows of data.length "
              + length
              + " with ids below "
              + ids
              + ", as task "
              + task.id()
              + " has.");
    }
    return rows;
  }

  /** Returns a hash of names and contents; empty if there are none. */
  String hash() {
    return paths.isEmpty()
        ? ""
        : ContentHash.of(
            paths.keySet().stream()
                .map(name -> name + " " + rows(name).orElseThrow().hash() + "\n")
                .collect(Collectors.joining()));
  }
}
