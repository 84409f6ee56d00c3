package io.nepenthe.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a split's files are all there, by the numbers in their names. */
final class Shards {
  /** Like train-00000-of-00002.parquet; writers of Parquet files have put a hash at the end. */
  private static final Pattern COUNTED =
      Pattern.compile(
          "(.*?)(\\d{1,9})(-of-\\d{1,9})((?:[-_.]\\w+)?)(\\.\\w+)", Pattern.CASE_INSENSITIVE);

  /** Like train-00.txt or 0000.parquet. */
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})()()(\\.\\w+)");

  private final Path folder;

  private Shards(Path folder) {
    this.folder = folder;
  }

  /**
   * Refuses a split of which a part is missing, or there twice.
   *
   * @param folder the corpus
   * @param files of one series
   */
  static void requireComplete(Path folder, List<SplitFile> files) {
    Shards shards = new Shards(folder);
    List<Path> paths = files.stream().map(SplitFile::path).toList();
    if (files.get(0).shards().isPresent()) {
      shards.requireAll(paths, files.get(0).shards().getAsInt());
    } else {
      shards.requireNoHole(paths);
    }
  }

  private void requireAll(List<Path> files, int count) {
    TreeMap<Integer, Shard> there = new TreeMap<>();
    for (Path file : files) {
      Shard shard = Shard.of(COUNTED, file).orElseThrow();
      Shard twin = there.put(shard.number, shard);
      if (twin != null) {
        throw BadData.of(
            String.format(
                "%s and %s are the same part of one text. Keep one of them there.",
                folder.resolve(twin.file), folder.resolve(file)));
      }
      if (shard.number >= count) {
        throw BadData.of(
            folder.resolve(file)
                + " has a number beyond its last, "
                + (count - 1)
                + ". Rename it.");
      }
    }
    requireRange(0, count, there);
  }

  /** Zeros in front, and a zero, tell that files are counted; 1999 and 2001 may be years. */
  private void requireNoHole(List<Path> files) {
    Map<String, List<Shard>> series =
        files.stream()
            .flatMap(file -> Shard.of(NUMBERED, file).stream())
            .collect(Collectors.groupingBy(Shard::series));
    for (List<Shard> shards : series.values()) {
      if (shards.stream().anyMatch(shard -> shard.digits.startsWith("0"))) {
        TreeMap<Integer, Shard> there = new TreeMap<>();
        shards.forEach(shard -> there.put(shard.number, shard));
        requireRange(Math.min(there.firstKey(), 1), there.lastKey(), there);
      }
    }
  }

  private void requireRange(int from, int to, SortedMap<Integer, Shard> there) {
    Shard first = there.get(there.firstKey());
    for (int i = from; i < to; i++) {
      if (!there.containsKey(i)) {
        throw BadData.of(
            String.format(
                "%s is missing, and %s needs it. Add that file.",
                folder.resolve(first.sibling(i)), first.file));
      }
    }
  }

  /** A file with a number in its name. */
  private record Shard(Path file, String before, String digits, String after, int number) {
    static Optional<Shard> of(Pattern pattern, Path file) {
      Matcher name = pattern.matcher(file.getFileName().toString());
      return name.matches()
          ? Optional.of(
              new Shard(
                  file,
                  name.group(1),
                  name.group(2),
                  name.group(3) + (name.group(4).isEmpty() ? "" : "*") + name.group(5),
                  Integer.parseInt(name.group(2))))
          : Optional.empty();
    }

    String series() {
      return file.resolveSibling(before) + "*" + after;
    }

    Path sibling(int other) {
      return file.resolveSibling(
          before
              + "0".repeat(Math.max(0, digits.length() - String.valueOf(other).length()))
              + other
              + after);
    }
  }
}
