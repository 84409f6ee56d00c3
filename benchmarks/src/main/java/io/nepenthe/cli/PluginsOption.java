package io.nepenthe.cli;

import io.nepenthe.pluginhost.PluginCatalog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names plugins beside those of this program. */
final class PluginsOption {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Further jar, or folder of plugin jars.")
  private @Nullable Path path;

  /** Returns what was named; null if nothing was. */
  @Nullable Path path() {
    return path;
  }

  /** Returns these plugins and those of this program. */
  PluginCatalog catalog() {
    return Places.plugins(path);
  }
}
