package io.nepenthe.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Words that change when the files of a model folder do, most probably. */
public final class FolderState {
  private FolderState() {}

  /** Returns the names, sizes and times of the files in a folder, hidden ones left out. */
  public static String of(Path folder) {
    StringJoiner state = new StringJoiner(" ");
    try {
      for (Path file : files(folder)) {
        state
            .add(file.getFileName().toString())
            .add(String.valueOf(Files.size(file)))
            .add(String.valueOf(Files.getLastModifiedTime(file).toMillis()));
      }
      return state.toString();
    } catch (IOException e) {
      throw BadModel.unreadable(folder, e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
