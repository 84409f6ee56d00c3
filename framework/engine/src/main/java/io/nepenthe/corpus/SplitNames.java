package io.nepenthe.corpus;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a corpus, and which of them a file belongs to by its name. */
final class SplitNames {
  static final String TRAIN = "train";
  static final String VALIDATION = "validation";
  static final String TEST = "test";

  /** Like wiki.train.tokens, valid.txt, test-00000-of-00001.parquet. */
  private static final Pattern FILE =
      Pattern.compile("(?:wiki\\.)?(train|validation|valid|val|test)(?:[-_.]\\d[-_.\\w]*)?");

  private SplitNames() {}

  /**
   * Returns the split of a file: by its own name, else by its folder's.
   *
   * @param file relative to the corpus
   */
  static Optional<String> of(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Optional<String> own = ofName(dot < 0 ? name : name.substring(0, dot));
    return own.isPresent() || file.getParent() == null
        ? own
        : ofName(file.getParent().getFileName().toString());
  }

  /** Returns the folder that holds a file, without one that is named like a split. */
  static Path folder(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      return Path.of("");
    }
    if (ofName(parent.getFileName().toString()).isEmpty()) {
      return parent;
    }
    return parent.getParent() == null ? Path.of("") : parent.getParent();
  }

  private static Optional<String> ofName(String name) {
    Matcher matcher = FILE.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String split = matcher.group(1);
    return Optional.of(split.startsWith("val") ? VALIDATION : split);
  }
}
