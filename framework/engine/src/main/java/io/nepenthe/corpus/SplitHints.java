package io.nepenthe.corpus;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names that seem to speak of a split, though none that {@link SplitFile} knows, like dev.txt,
 * wikitext-train.parquet or train_en.txt. Files of such names are never passed over in silence.
 */
final class SplitHints {
  private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");
  private static final Set<String> ENDINGS =
      Set.of(
          "parquet", "tokens", "txt", "text", "json", "jsonl", "csv", "tsv", "arrow", "feather",
          "gz", "bz", "xz", "zst", "zip");
  private static final Map<String, String> SPLITS =
      Map.ofEntries(
          Map.entry("train", SplitFile.TRAIN),
          Map.entry("training", SplitFile.TRAIN),
          Map.entry("trn", SplitFile.TRAIN),
          Map.entry("val", SplitFile.VALIDATION),
          Map.entry("valid", SplitFile.VALIDATION),
          Map.entry("validation", SplitFile.VALIDATION),
          Map.entry("dev", SplitFile.VALIDATION),
          Map.entry("eval", SplitFile.VALIDATION),
          Map.entry("evaluation", SplitFile.VALIDATION),
          Map.entry("test", SplitFile.TEST),
          Map.entry("testing", SplitFile.TEST),
          Map.entry("tst", SplitFile.TEST));

  private SplitHints() {}

  /** Returns the first file that any part of whose path begins or ends with the word of a split. */
  static Optional<Path> first(Collection<Path> files) {
    return files.stream().filter(file -> !splits(file, true).isEmpty()).findFirst();
  }

  /**
   * Returns a file that makes it unlikely that all files are one text: it ends with the word of a
   * split, or several splits are spoken of, or training. A book may be called "Test of Time".
   */
  static Optional<Path> contradiction(Collection<Path> files) {
    Set<String> spoken = new TreeSet<>();
    files.forEach(file -> spoken.addAll(splits(file, true)));
    return spoken.size() > 1 || spoken.contains(SplitFile.TRAIN)
        ? first(files)
        : files.stream().filter(file -> !splits(file, false).isEmpty()).findFirst();
  }

  private static Set<String> splits(Path file, boolean firstWordsToo) {
    Set<String> found = new TreeSet<>();
    for (Path part : file) {
      List<String> words =
          NO_LETTERS
              .splitAsStream(part.toString().toLowerCase(Locale.ROOT))
              .filter(word -> !word.isEmpty() && !ENDINGS.contains(word))
              .toList();
      if (!words.isEmpty()) {
        Stream.of(words.get(words.size() - 1), firstWordsToo ? words.get(0) : "")
            .map(SPLITS::get)
            .filter(Objects::nonNull)
            .forEach(found::add);
      }
    }
    return found;
  }
}
