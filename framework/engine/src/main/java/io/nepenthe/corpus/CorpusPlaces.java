package io.nepenthe.corpus;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where corpora and their token ids are on this machine.
 *
 * @param roots folders whose subfolders are corpora, searched in order
 * @param cache the cache folder; downloaded corpora and token ids are below it
 */
public record CorpusPlaces(List<Path> roots, Path cache) {
  private static final String DATA_PROPERTY = "nepenthe.data";
  private static final String CACHE_PROPERTY = "nepenthe.cache";

  /** Copies the list. */
  public CorpusPlaces {
    roots = List.copyOf(roots);
  }

  /**
   * Returns the places that the system properties {@code nepenthe.data} and {@code nepenthe.cache}
   * name, or else the environment variables NEPENTHE_DATA and NEPENTHE_HOME. Downloaded corpora
   * come last.
   */
  public static CorpusPlaces fromEnvironment() {
    return of(System::getProperty, System::getenv);
  }

  /** Returns the places that properties and variables name; either gives null for what is unset. */
  static CorpusPlaces of(
      Function<String, @Nullable String> properties, Function<String, @Nullable String> variables) {
    Path cache =
        first(properties.apply(CACHE_PROPERTY), variables.apply("NEPENTHE_HOME"))
            .map(Path::of)
            .orElseGet(
                () ->
                    Path.of(
                        Objects.requireNonNull(properties.apply("user.home"), "user.home"),
                        ".cache",
                        "nepenthe"))
            .toAbsolutePath();
    List<Path> roots = new ArrayList<>();
    first(properties.apply(DATA_PROPERTY), variables.apply("NEPENTHE_DATA"))
        .ifPresent(
            folders ->
                Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(folders)
                    .filter(folder -> !folder.isBlank())
                    .forEach(folder -> roots.add(Path.of(folder).toAbsolutePath().normalize())));
    roots.add(downloadsIn(cache));
    return new CorpusPlaces(roots, cache);
  }

  private static Optional<String> first(@Nullable String... values) {
    return Stream.of(values).filter(value -> value != null && !value.isBlank()).findFirst();
  }

  /** Makes these the places that {@link #fromEnvironment} returns in this process. */
  public void adopt() {
    List<String> folders = new ArrayList<>();
    roots.stream()
        .filter(root -> !root.equals(downloads()))
        .forEach(root -> folders.add(root.toString()));
    System.setProperty(DATA_PROPERTY, String.join(File.pathSeparator, folders));
    System.setProperty(CACHE_PROPERTY, cache.toString());
  }

  /** Returns the folder of corpora that were downloaded, one of the roots. */
  public Path downloads() {
    return downloadsIn(cache);
  }

  /** Returns the folder of token ids. */
  public Path tokens() {
    return cache.resolve("tokens");
  }

  private static Path downloadsIn(Path cache) {
    return cache.resolve("data");
  }
}
