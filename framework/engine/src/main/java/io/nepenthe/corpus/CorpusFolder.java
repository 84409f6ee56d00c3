package io.nepenthe.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds out in which form a folder holds a corpus. What could be a text is read, or refused, or
 * told by {@link Corpus#form}; none is passed over in silence.
 */
final class CorpusFolder {
  private static final Pattern PARQUET = Pattern.compile(".*\\.parquet");
  private static final Pattern PLAIN = Pattern.compile(".*\\.(txt|tokens)");

  /** Texts in forms that are not read. */
  private static final Pattern OTHER =
      Pattern.compile(".*\\.(jsonl?|csv|tsv|arrow|feather|gz|bz2|xz|zst|zip)");

  /** What is said about a text, and is none. */
  private static final Pattern ABOUT =
      Pattern.compile(
          "(readme|licen[cs]e|copying|copyright|notice|authors|changelog|changes|citation)\\b.*");

  private final String name;
  private final Path folder;
  private final List<Path> files;

  private CorpusFolder(String name, Path folder) {
    this.name = name;
    this.folder = folder;
    this.files = VisibleFiles.in(folder);
  }

  /** Returns the corpus in a folder, if it holds any text. */
  static Optional<Corpus> read(String name, Path folder) {
    return new CorpusFolder(name, folder).corpus();
  }

  private Optional<Corpus> corpus() {
    List<Path> texts = named(PARQUET.asMatchPredicate().or(PLAIN.asMatchPredicate()));
    requireFiles(texts);
    List<SplitFile> parts = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (Path file : texts) {
      Optional<SplitFile> part = SplitFile.of(file);
      part.ifPresent(parts::add);
      if (part.isEmpty() && !ABOUT.matcher(lowerName(file)).matches()) {
        others.add(file);
      }
    }
    return parts.isEmpty() ? undivided(others) : Optional.of(divided(parts, others));
  }

  private Corpus divided(List<SplitFile> parts, List<Path> others) {
    requireNone(SplitHints.first(others));
    requireNone(others.stream().filter(file -> !lowerName(file).endsWith(".txt")).findFirst());
    requireReadable(SplitHints.first(named(OTHER.asMatchPredicate())));
    boolean parquet = isParquet(parts.get(0));
    parts.stream()
        .filter(part -> isParquet(part) != parquet)
        .findFirst()
        .ifPresent(part -> refuseBoth("two forms", parts.get(0).path(), part.path()));
    requireOne("more than one corpus", parts, SplitFile::root);
    Map<String, List<SplitFile>> bySplit =
        parts.stream()
            .collect(Collectors.groupingBy(SplitFile::split, TreeMap::new, Collectors.toList()));
    SortedMap<String, Text> texts = new TreeMap<>();
    bySplit.forEach(
        (split, files) -> {
          requireOne("more than one text of split '" + split + "'", files, SplitFile::series);
          Shards.requireComplete(folder, files);
          SourceFiles sources =
              new SourceFiles(folder, files.stream().map(SplitFile::path).toList());
          texts.put(split, parquet ? new ParquetText(sources) : PlainText.all(sources));
        });
    return found(
        (parquet ? "parquet" : "plain text")
            + (others.isEmpty() ? "" : ", without " + words(others)),
        texts);
  }

  /** Returns books and the like: all of them one text, in the order of their paths. */
  private Optional<Corpus> undivided(List<Path> others) {
    requireNone(others.stream().filter(file -> !lowerName(file).endsWith(".txt")).findFirst());
    requireNone(SplitHints.contradiction(others));
    if (others.isEmpty()) {
      return Optional.empty();
    }
    requireReadable(SplitHints.contradiction(named(OTHER.asMatchPredicate())));
    SourceFiles whole = new SourceFiles(folder, others);
    return Optional.of(
        found(
            "plain text, its last tenth for testing",
            new TreeMap<>(
                Map.of(
                    SplitFile.TRAIN, PlainText.withoutLastTenth(whole),
                    SplitFile.TEST, PlainText.lastTenth(whole)))));
  }

  private static String words(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private Corpus found(String form, SortedMap<String, Text> texts) {
    return new Corpus(name, folder.toString(), form, texts);
  }

  private List<Path> named(Predicate<String> name) {
    return files.stream().filter(file -> name.test(lowerName(file))).toList();
  }

  private static String lowerName(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isParquet(SplitFile part) {
    return PARQUET.matcher(lowerName(part.path())).matches();
  }

  private void requireFiles(List<Path> texts) {
    for (Path file : texts) {
      Path path = folder.resolve(file);
      if (!Files.isRegularFile(path)) {
        throw BadData.of(
            path
                + (Files.isSymbolicLink(path) ? " is a link to nothing." : " is no file.")
                + " Put the file there, or remove it.");
      }
    }
  }

  private void requireNone(Optional<Path> file) {
    if (file.isPresent()) {
      throw BadData.of(
          folder.resolve(file.get())
              + " belongs to no split by its name. Name it like train.txt, valid.txt,"
              + " test-00000-of-00001.parquet or train/a.txt, or remove it.");
    }
  }

  private void requireReadable(Optional<Path> file) {
    if (file.isPresent()) {
      throw BadData.of(
          folder.resolve(file.get())
              + " seems to hold text, and is no .parquet, .tokens or .txt file. Convert it, or"
              + " remove it.");
    }
  }

  private void requireOne(String what, List<SplitFile> parts, Function<SplitFile, ?> kind) {
    SplitFile first = parts.get(0);
    parts.stream()
        .filter(part -> !kind.apply(part).equals(kind.apply(first)))
        .findFirst()
        .ifPresent(part -> refuseBoth(what, first.path(), part.path()));
  }

  private void refuseBoth(String what, Path one, Path other) {
    throw BadData.of(
        String.format("%s holds %s: %s and %s. Keep one of them there.", folder, what, one, other));
  }
}
