package io.nepenthe.corpus;

import io.nepenthe.machine.InstalledLibtorch;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  /** Where DJL unpacks libtorch: a property, or a variable, which goes first. */
  private static final String ENGINE_PROPERTY = "DJL_CACHE_DIR";

  /** Where other libraries are unpacked; read when a JVM starts, so it is an option only. */
  private static final String TEMPORARY_PROPERTY = "java.io.tmpdir";

  /** Copies the list. */
  public CorpusPlaces {
    roots = List.copyOf(roots);
  }

  /**
   * Returns the places that the environment variables NEPENTHE_DATA and NEPENTHE_HOME name.
   * Downloaded corpora come last.
   */
  public static CorpusPlaces fromEnvironment() {
    return of(System::getProperty, System::getenv);
  }

  /** Returns the places that properties and variables name; either gives null for what is unset. */
  static CorpusPlaces of(
      Function<String, @Nullable String> properties, Function<String, @Nullable String> variables) {
    Path cache =
        said(variables.apply("NEPENTHE_HOME"))
            .map(Path::of)
            .orElseGet(() -> home(properties, variables).resolve(".cache").resolve("nepenthe"))
            .toAbsolutePath();
    List<Path> roots = new ArrayList<>();
    said(variables.apply("NEPENTHE_DATA"))
        .ifPresent(
            folders ->
                Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(folders)
                    .filter(folder -> !folder.isBlank())
                    .forEach(folder -> roots.add(Path.of(folder).toAbsolutePath().normalize())));
    roots.add(downloadsIn(cache));
    return new CorpusPlaces(roots, cache);
  }

  /** Java says "?" for a user that the machine does not know. */
  private static Path home(
      Function<String, @Nullable String> properties, Function<String, @Nullable String> variables) {
    return Stream.of(properties.apply("user.home"), variables.apply("HOME"))
        .filter(home -> home != null && !home.isBlank())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .findFirst()
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.IO,
                    "this user has no home folder. Set NEPENTHE_HOME to a folder for caches."));
  }

  /**
   * Has DJL unpack libtorch into the cache folder, in this process and those it starts, unless
   * DJL_CACHE_DIR says otherwise. Must come before DJL's first class. Without a place for caches
   * nothing is done: whatever needs one says so.
   */
  public static void keepEngineInCache() {
    engineCache(System::getProperty, System::getenv)
        .ifPresent(cache -> System.setProperty(ENGINE_PROPERTY, cache.toString()));
  }

  static Optional<Path> engineCache(
      Function<String, @Nullable String> properties, Function<String, @Nullable String> variables) {
    if (properties.apply(ENGINE_PROPERTY) != null || variables.apply(ENGINE_PROPERTY) != null) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(properties, variables).cache().resolve("djl"));
    } catch (NepentheException e) {
      return Optional.empty();
    }
  }

  /** Returns where DJL unpacks libtorch; below the home folder if nothing says so. */
  public static Path engineFolder() {
    return Optional.ofNullable(System.getenv(ENGINE_PROPERTY))
        .or(() -> Optional.ofNullable(System.getProperty(ENGINE_PROPERTY)))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".djl.ai"));
  }

  /**
   * Returns the libtorch that the environment names in place of the one that comes along.
   *
   * @throws NepentheException if it is none that the program can work with
   */
  public static Optional<InstalledLibtorch> installedEngine() {
    return InstalledLibtorch.of(System::getenv, InstalledLibtorch.Binding.onClassPath());
  }

  /** Has DJL take such a libtorch for what it is; must come before DJL's first class. */
  public static void useInstalledEngine() {
    installedEngine().ifPresent(engine -> engine.properties().forEach(System::setProperty));
  }

  /** Returns the folders with libraries that a process with libtorch reads. */
  public static List<Path> engineFolders() {
    List<Path> folders = new ArrayList<>(List.of(engineFolder()));
    installedEngine().ifPresent(engine -> folders.addAll(engine.files()));
    return folders;
  }

  /** Returns the options that have another JVM load the libraries that this one does. */
  public static List<String> engineOptions() {
    return Stream.of(
            ENGINE_PROPERTY,
            TEMPORARY_PROPERTY,
            InstalledLibtorch.VERSION,
            InstalledLibtorch.FLAVOR)
        .filter(name -> System.getProperty(name) != null)
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .toList();
  }

  private static Optional<String> said(@Nullable String value) {
    return Optional.ofNullable(value).filter(words -> !words.isBlank());
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
