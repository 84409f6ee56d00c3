package io.nepenthe.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Paths of a folder by a pattern. */
final class Listing {
  private Listing() {}

  /** Returns the entries of a folder that match, sorted; none if it cannot be read. */
  static List<String> of(Path folder, String pattern) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(entry -> found.add(entry.toString()));
    } catch (IOException e) {
      return List.of(); // not there: nothing to show
    }
    Collections.sort(found);
    return found;
  }
}
