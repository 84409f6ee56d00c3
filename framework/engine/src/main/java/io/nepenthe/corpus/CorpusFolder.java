package io.nepenthe.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out in which form a folder holds a corpus. */
final class CorpusFolder {
  private final String name;
  private final Path folder;
  private final List<Path> files;

  private CorpusFolder(String name, Path folder) {
    this.name = name;
    this.folder = folder;
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      files =
          all.filter(Files::isRegularFile)
              .map(folder::relativize)
              .filter(CorpusFolder::isVisible)
              .toList();
    } catch (IOException e) {
      throw BadData.unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw BadData.unreadable(folder, e.getCause());
    }
  }

  private static boolean isVisible(Path file) {
    for (Path part : file) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /** Returns the corpus in a folder, if it holds any text. */
  static Optional<Corpus> read(String name, Path folder) {
    return new CorpusFolder(name, folder).corpus();
  }

  private Optional<Corpus> corpus() {
    SortedMap<String, Text> parquet = bySplit(ParquetText::new, ".parquet");
    if (!parquet.isEmpty()) {
      return found("parquet", parquet);
    }
    SortedMap<String, Text> plain = bySplit(PlainText::all, ".txt", ".tokens");
    if (!plain.isEmpty()) {
      return found("plain text", plain);
    }
    List<Path> texts = named(".txt");
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    SourceFiles whole = new SourceFiles(folder, texts);
    return found(
        "plain text, its last tenth for testing",
        new TreeMap<>(
            Map.of(
                SplitNames.TRAIN, PlainText.withoutLastTenth(whole),
                SplitNames.TEST, PlainText.lastTenth(whole))));
  }

  private Optional<Corpus> found(String form, SortedMap<String, Text> texts) {
    return Optional.of(new Corpus(name, folder.toString(), form, texts));
  }

  private List<Path> named(String... endings) {
    return files.stream()
        .filter(file -> Stream.of(endings).anyMatch(file.getFileName().toString()::endsWith))
        .toList();
  }

  private SortedMap<String, Text> bySplit(Function<SourceFiles, Text> text, String... endings) {
    List<Path> sources =
        named(endings).stream().filter(file -> SplitNames.of(file).isPresent()).toList();
    TreeSet<Path> folders =
        sources.stream().map(SplitNames::folder).collect(Collectors.toCollection(TreeSet::new));
    if (folders.size() > 1) {
      throw BadData.of(
          String.format(
              "%s holds more than one corpus: %s and %s. Keep one of them there.",
              folder, folder.resolve(folders.first()), folder.resolve(folders.last())));
    }
    return sources.stream()
        .collect(
            Collectors.groupingBy(
                file -> SplitNames.of(file).orElseThrow(),
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(), paths -> text.apply(new SourceFiles(folder, paths)))));
  }
}
