package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words that change when a model folder's configuration or weights do, most probably. */
final class FolderState {
  private FolderState() {}

  /** Returns the sizes and times of the files that a model is read from. */
  static String of(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".*\\.(json|safetensors)"))
          .sorted()
          .map(FolderState::ofFile)
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT, "cannot read " + folder + " (" + e + ").", e);
    }
  }

  private static String ofFile(Path file) {
    try {
      return file.getFileName()
          + " "
          + Files.size(file)
          + " "
          + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT, "cannot read " + file + " (" + e + ").", e);
    }
  }
}
