package io.nepenthe.worker;

import io.nepenthe.host.WorkerMain;
import io.nepenthe.model.Architecture;
import io.nepenthe.plugin.MitigationMethod;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * What a worker's class path holds of this process's: the interface of plugins with all they may
 * use, what runs them, and the libraries of both. Who builds tasks, judges or stores is not there:
 * plugin code that looks for it finds nothing.
 */
final class WorkerClassPath {
  /** The libraries of the modules core and host, as Maven calls their files. */
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "(api|pytorch-(engine|jni|native-.*)|gson|jna|commons-(codec|compress|io|lang3)"
              + "|jackson-(annotations|core|databind|module-parameter-names)"
              + "|pf4j|java-semver|slf4j-(api|simple)|jspecify)-\\d.*\\.jar");

  private static final String ARCHITECTURES = "META-INF/services/" + Architecture.class.getName();

  private WorkerClassPath() {}

  /**
   * Returns its jars, and folders of classes, in their order.
   *
   * @param whole the class path of this process
   * @param further classes whose jars are on it, too
   */
  static List<Path> of(String whole, List<Class<?>> further) {
    Set<Path> places =
        Stream.concat(Stream.of(MitigationMethod.class, WorkerMain.class), further.stream())
            .map(WorkerClassPath::placeOf)
            .collect(Collectors.toSet());
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .map(Path::toAbsolutePath)
        .filter(Files::exists)
        .filter(
            entry -> places.contains(real(entry)) || isLibrary(entry) || addsArchitectures(entry))
        .toList();
  }

  private static Path real(Path entry) {
    try {
      return entry.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry, e);
    }
  }

  private static Path placeOf(Class<?> type) {
    try {
      return real(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " has no place", e);
    }
  }

  private static boolean isLibrary(Path entry) {
    return LIBRARIES.matcher(entry.getFileName().toString()).matches();
  }

  /** A model that a jar adds must be there in workers, too. */
  private static boolean addsArchitectures(Path entry) {
    if (Files.isDirectory(entry)) {
      return Files.exists(entry.resolve(ARCHITECTURES));
    }
    try (ZipFile jar = new ZipFile(entry.toFile())) {
      return jar.getEntry(ARCHITECTURES) != null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry, e);
    }
  }
}
