package io.nepenthe.cli;

import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.energy.MachineProfiles;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.pluginhost.ReservedIds;
import io.nepenthe.suite.SuiteReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where things are: the sources, the cache, suites, machine profiles and plugins. */
final class Places {
  private Places() {}

  /** Returns the root of the sources, as the launcher says. */
  static Path home() {
    return Path.of(System.getProperty("nepenthe.home.dir", ".")).toAbsolutePath().normalize();
  }

  /** Returns the cache folder. */
  static Path cache() {
    return CorpusPlaces.fromEnvironment().cache();
  }

  /**
   * Returns a folder that is not there yet, where temporary files go: on a disk of this machine.
   */
  static Path scratch() {
    String place = System.getenv("TMPDIR");
    return Path.of(place == null || place.isBlank() ? System.getProperty("java.io.tmpdir") : place)
        .toAbsolutePath()
        .resolve("nepenthe-" + UUID.randomUUID());
  }

  static SuiteReader suites() {
    return new SuiteReader(home().resolve("benchmarks").resolve("suites"));
  }

  static MachineProfiles machines() {
    return new MachineProfiles(home().resolve("benchmarks").resolve("machines"));
  }

  /** Returns the plugins that the project ships; none where only the program is. */
  static Collection<InstalledPlugin> shipped() {
    Path own = home().resolve("plugins");
    return Files.isDirectory(own) ? PluginCatalog.scan(List.of(own)).all() : List.of();
  }

  /**
   * Returns the plugins of the project and, if given, of a stranger's folder or jar, which take no
   * id of the project's.
   */
  static PluginCatalog plugins(@Nullable Path further) {
    Path own = home().resolve("plugins");
    if (further == null) {
      return PluginCatalog.scan(List.of(own));
    }
    PluginCatalog shipped = PluginCatalog.scan(Files.isDirectory(own) ? List.of(own) : List.of());
    return shipped.withForeign(further, ReservedIds.of(own));
  }

  /** Returns the GPUs that the environment restricts this process to; empty if it does not. */
  static String visibleGpus() {
    String visible = System.getenv("CUDA_VISIBLE_DEVICES");
    return visible == null ? "" : visible;
  }

  /** Returns the user's options for the JVMs of workers and of timing. */
  static List<String> workerJavaOptions() {
    String options = System.getenv("NEPENTHE_WORKER_JAVA_OPTS");
    return options == null || options.isBlank()
        ? List.of()
        : List.of(options.strip().split("\\s+"));
  }
}
