package io.nepenthe.machine;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A libtorch that somebody installed, to be used in place of the one that comes with the program:
 * unpacked from PyTorch's archive, or the one inside Python's torch. DJL finds it by a variable,
 * takes another without a word where the variable names none, and fails obscurely where version or
 * flavor are not those of its binding.
 *
 * @param folder where its libraries lie
 * @param version as PyTorch numbers it: "2.7.1"
 * @param flavor what it is built for: "cpu", or a version of CUDA: "cu128"
 */
public record InstalledLibtorch(Path folder, String version, String flavor) {
  /** Variable that names the folder of its libraries. */
  public static final String PATH = "PYTORCH_LIBRARY_PATH";

  /** Variable or property by which DJL is told the version. */
  public static final String VERSION = "PYTORCH_VERSION";

  /** Variable or property by which DJL is told the flavor. */
  public static final String FLAVOR = "PYTORCH_FLAVOR";

  private static final String LIBRARY = System.mapLibraryName("torch");
  private static final String CUDA_LIBRARY = System.mapLibraryName("torch_cuda");

  /** In PyTorch's archive the whole file; in Python's torch a line: {@code __version__ = '...'}. */
  private static final Pattern BUILD =
      Pattern.compile("(?:^|\\b__version__ *= *['\"])(\\d+\\.\\d+\\.\\d+)[.\\w]*(?:\\+(\\w+))?");

  /** How the binding that comes with the program can be loaded. */
  public record Binding(String version, List<String> flavors) {
    /** Copies the list. */
    public Binding {
      flavors = List.copyOf(flavors);
    }

    /** Returns what is on the class path for this system. */
    public static Binding onClassPath() {
      return new Binding(
          version("pytorch-engine.properties", "pytorch_version"),
          Stream.of("cpu", "cu118", "cu121", "cu124", "cu126", "cu128", "cu129", "cu130")
              .filter(Binding::isThere)
              .toList());
    }

    private static boolean isThere(String flavor) {
      String system = System.getProperty("os.name").startsWith("Mac") ? "osx" : "linux";
      String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
      String name = System.mapLibraryName("djl_torch");
      String resource = "jnilib/%s-%s/%s/%s".formatted(system, processor, flavor, name);
      return Binding.class.getClassLoader().getResource(resource) != null;
    }

    private static String version(String resource, String name) {
      try (InputStream in = Binding.class.getClassLoader().getResourceAsStream(resource)) {
        Properties properties = new Properties();
        if (in != null) {
          properties.load(in);
        }
        return properties.getProperty(name, "unknown");
      } catch (IOException e) {
        return "unknown";
      }
    }
  }

  /**
   * Returns the one that the environment names; empty if it names none.
   *
   * @throws NepentheException with BAD_USAGE if there is none where it says, or the program cannot
   *     work with it
   */
  public static Optional<InstalledLibtorch> of(
      Function<String, @Nullable String> variables, Binding binding) {
    String named = variables.apply(PATH);
    if (named == null || named.isBlank()) {
      return Optional.empty();
    }
    InstalledLibtorch found = in(named);
    found.requireFits(binding);
    found.requireSame(VERSION, variables.apply(VERSION), found.version());
    found.requireSame(FLAVOR, variables.apply(FLAVOR), found.flavor());
    return Optional.of(found);
  }

  private static InstalledLibtorch in(String named) {
    List<Path> folders = new ArrayList<>();
    try {
      for (String each : named.split(Pattern.quote(File.pathSeparator), -1)) {
        folders.add(Path.of(each).toAbsolutePath().normalize());
      }
    } catch (InvalidPathException e) {
      throw mistake(named, "is no path here: " + e.getReason());
    }
    Path folder =
        folders.stream()
            .filter(InstalledLibtorch::hasLibrary)
            .findFirst()
            .orElseThrow(() -> mistake(named, "holds no " + LIBRARY + advice(folders)));
    return build(folder)
        .orElseThrow(
            () ->
                mistake(
                    named,
                    "does not tell its version: beside it there should be build-version, as in"
                        + " PyTorch's archive, or version.py, as in Python's torch"));
  }

  private static boolean hasLibrary(Path folder) {
    return Files.isRegularFile(folder.resolve(LIBRARY));
  }

  private static String advice(List<Path> folders) {
    return folders.stream()
        .flatMap(folder -> Stream.of(folder.resolve("lib"), folder.resolve("torch").resolve("lib")))
        .filter(InstalledLibtorch::hasLibrary)
        .findFirst()
        .map(folder -> "; there is one in " + folder + ": name that folder")
        .orElse("; name the folder that holds it: lib of a libtorch, torch/lib of Python's");
  }

  private static Optional<InstalledLibtorch> build(Path folder) {
    Path around = folder.resolveSibling("");
    return Stream.of("build-version", "version.py")
        .map(around::resolve)
        .filter(Files::isRegularFile)
        .flatMap(file -> build(folder, file).stream())
        .findFirst();
  }

  private static Optional<InstalledLibtorch> build(Path folder, Path told) {
    try {
      Matcher build = BUILD.matcher(Files.readString(told));
      if (!build.find()) {
        return Optional.empty();
      }
      boolean hasCuda = Files.exists(folder.resolve(CUDA_LIBRARY));
      String flavor = build.group(2) == null || !hasCuda ? "cpu" : build.group(2);
      return Optional.of(new InstalledLibtorch(folder, build.group(1), flavor));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void requireFits(Binding binding) {
    if (!version.equals(binding.version()) || !binding.flavors().contains(flavor)) {
      throw mistake(
          folder.toString(),
          "holds libtorch %s+%s, and this program works with %s of %s"
              .formatted(
                  version, flavor, binding.version(), String.join(" or ", binding.flavors())));
    }
  }

  private void requireSame(String variable, @Nullable String said, String found) {
    if (said != null && !said.isBlank() && !said.equals(found)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "%s is '%s', and the libtorch in %s is of %s. Unset it: it is found out."
              .formatted(variable, said, folder, found));
    }
  }

  private static NepentheException mistake(String named, String why) {
    return new NepentheException(
        ErrorCode.BAD_USAGE,
        PATH + ": " + named + " " + why + ". Unset it to use the libtorch that comes along.");
  }

  /** Returns the properties by which DJL takes it for what it is. */
  public Map<String, String> properties() {
    return Map.of(VERSION, version, FLAVOR, flavor);
  }

  /** Returns the folders that a process reads which loads it: Python keeps CUDA beside torch. */
  public List<Path> files() {
    Path around = folder.resolveSibling("");
    Path cuda = around.resolveSibling("nvidia");
    return Files.isDirectory(cuda) ? List.of(around, cuda) : List.of(around);
  }
}
