package io.nepenthe.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Models in folders below one that is none: snapshots of a hub's cache, steps of a training. */
final class ModelsBelow {
  private static final int LEVELS = 4;
  private static final int MOST_ENTRIES = 1000;
  private static final int MOST_NAMES = 3;

  private ModelsBelow() {}

  /** Returns the end of a sentence that names them, empty if there are none. */
  static String hint(Path folder) {
    String names =
        below(folder).stream()
            .map(file -> folder.relativize(file).getParent().toString())
            .sorted()
            .limit(MOST_NAMES)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : ", say one below it: " + names;
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> all = Files.walk(folder, LEVELS)) {
      return all.limit(MOST_ENTRIES)
          .filter(file -> file.getFileName() != null && file.endsWith(ConfigFile.NAME))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // a hint is no reason to fail
    }
  }
}
