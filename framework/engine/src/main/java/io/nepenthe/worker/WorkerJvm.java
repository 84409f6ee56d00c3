package io.nepenthe.worker;

import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.sandbox.Sandbox;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The JVM in which plugin code runs, in a sweep and in the forks that time it alike. */
public final class WorkerJvm {
  private WorkerJvm() {}

  /**
   * Returns the files that a JVM reads to start: Java, its classes, the libraries it has unpacked.
   *
   * @param classPath what is on its class path
   */
  public static List<Path> files(List<Path> classPath) {
    List<Path> files = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    files.addAll(classPath);
    files.addAll(CorpusPlaces.engineFolders());
    return files;
  }

  /**
   * Returns its options.
   *
   * @param threads threads one operator may use
   * @param crashes folder for what a JVM that crashes leaves
   * @param further options of the user, which win where they say otherwise
   */
  public static List<String> options(int threads, Path crashes, List<String> further) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:ErrorFile=" + crashes.resolve("hs_err_pid%p.log"),
                "-Xmx2g", // tensors live outside the heap
                "-Duser.language=", // Locale.ROOT, as in the judge
                "-Duser.country=",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-Dai.djl.pytorch.num_interop_threads=1"));
    options.addAll(CorpusPlaces.engineOptions());
    options.addAll(further);
    return List.copyOf(options);
  }

  /**
   * Returns the options of one that runs foreign code: it keeps temporary files in a folder of its
   * own. In a sandbox no other place is home, and libtorch is where it was unpacked.
   */
  public static List<String> ownFolder(Path own, Sandbox sandbox) {
    String temporary = "-Djava.io.tmpdir=" + own;
    return sandbox.contains()
        ? List.of(temporary, "-Duser.home=" + own, "-DDJL_CACHE_DIR=" + CorpusPlaces.engineFolder())
        : List.of(temporary);
  }

  /**
   * Returns what is on its class path: jars, and folders of classes.
   *
   * @param further classes whose jars are on it, too
   */
  public static List<Path> classPath(Class<?>... further) {
    return WorkerClassPath.of(System.getProperty("java.class.path"), List.of(further));
  }

  /** Returns what is on the class path of this process. */
  public static List<Path> ownClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  /** Returns a class path as one word of a command. */
  public static String asOption(List<Path> classPath) {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
