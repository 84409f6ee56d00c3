package io.nepenthe.corpus;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that belongs to a split, by its own name or by that of a folder above it.
 *
 * @param path relative to the corpus
 * @param split {@link #TRAIN}, {@link #VALIDATION} or {@link #TEST}
 * @param root folder of the splits' files, without one that is named like a split
 * @param series equal for files that are parts of one text, like all train-*-of-00002.parquet
 * @param shards how many parts the text has, if the name tells it, like 2 in train-00000-of-00002
 */
record SplitFile(Path path, String split, Path root, String series, OptionalInt shards) {
  static final String TRAIN = "train";
  static final String VALIDATION = "validation";
  static final String TEST = "test";

  /** Like wiki.train.tokens, valid.txt, test-00000-of-00001.parquet, without the ending. */
  private static final Pattern NAME =
      Pattern.compile("((?:wiki\\.)?(train|validation|valid|val|test))(?:[-_.](\\d[-_.\\w]*))?");

  /** Writers of Parquet files have put a hash behind it. */
  private static final Pattern SHARD = Pattern.compile("\\d{1,9}-of-(\\d{1,9})(?:[-_.]\\w+)?");

  /**
   * Returns the split that a file belongs to, if it belongs to one.
   *
   * @param file relative to the corpus
   */
  static Optional<SplitFile> of(Path file) {
    SplitFile found = null;
    Path root = Path.of("");
    for (int i = 0; i < file.getNameCount(); i++) {
      boolean isFile = i == file.getNameCount() - 1;
      String name = file.getName(i).toString().toLowerCase(Locale.ROOT);
      int dot = isFile ? name.lastIndexOf('.') : -1;
      Matcher matcher = NAME.matcher(dot < 0 ? name : name.substring(0, dot));
      if (matcher.matches()) {
        SplitFile named = named(file, root, matcher, dot < 0 ? "" : name.substring(dot));
        if (found != null && !found.split.equals(named.split)) {
          throw BadData.of(
              String.format(
                  "%s is in split '%s' by one part of its path and in '%s' by another. Rename it.",
                  file, found.split, named.split));
        }
        found = found == null ? named : named.within(found);
      } else if (found == null && !isFile) {
        root = root.resolve(file.getName(i));
      }
    }
    return Optional.ofNullable(found);
  }

  private static SplitFile named(Path file, Path root, Matcher name, String ending) {
    String split = name.group(2).startsWith("val") ? VALIDATION : name.group(2);
    String part = name.group(3);
    Matcher shard = SHARD.matcher(part == null ? "" : part);
    boolean isShard = !ending.isEmpty() && shard.matches();
    String total = isShard ? " of " + shard.group(1) : "";
    return new SplitFile(
        file,
        split,
        root,
        name.group(1) + (part == null ? "" : "-*") + total + ending,
        isShard ? OptionalInt.of(Integer.parseInt(shard.group(1))) : OptionalInt.empty());
  }

  private SplitFile within(SplitFile folder) {
    return new SplitFile(path, split, folder.root, folder.series + "/" + series, shards);
  }
}
