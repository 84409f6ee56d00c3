package io.nepenthe.pluginhost;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * The jars of a run's plugins, kept in {@code plugins/} of its folder: each once, named by the hash
 * of its content, by which it is checked before it is used.
 */
public final class KeptPlugins {
  private final Path folder;

  /** Keeps jars in the folder of a run. */
  public KeptPlugins(Path run) {
    this.folder = run.resolve("plugins");
  }

  private Path jar(String sha256) {
    return folder.resolve(sha256 + ".jar");
  }

  /**
   * Keeps a plugin's jar, unless it is there and whole, and returns the plugin of the jar that is
   * kept: a build may replace the other at any time.
   */
  public InstalledPlugin keep(InstalledPlugin plugin) {
    Path kept = jar(plugin.sha256()).toAbsolutePath();
    if (!isWhole(kept, plugin.sha256())) {
      copyTo(kept, plugin);
    }
    return new InstalledPlugin(
        plugin.id(), plugin.version(), kept, plugin.sha256(), plugin.descriptor());
  }

  private void copyTo(Path kept, InstalledPlugin plugin) {
    try {
      Files.createDirectories(folder);
      AtomicFiles.write(kept, copy -> copy(plugin, copy));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot copy " + plugin.jar() + " to " + kept + " (" + e + ")", e);
    }
  }

  private static void copy(InstalledPlugin plugin, Path copy) throws IOException {
    Files.copy(plugin.jar(), copy);
    if (!isWhole(copy, plugin.sha256())) {
      throw new NepentheException(
          ErrorCode.PLUGIN_REJECTED,
          "plugin " + plugin.jar() + " has changed since it was read. Start the run again.");
    }
  }

  /**
   * Returns the plugins of these hashes.
   *
   * @throws NepentheException with STORE_CORRUPT if one is not there or not what was kept
   */
  public PluginCatalog catalog(Collection<String> hashes) {
    return PluginCatalog.of(hashes.stream().map(this::whole).toList());
  }

  private Path whole(String sha256) {
    Path kept = jar(sha256);
    if (!isWhole(kept, sha256)) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          kept
              + (Files.exists(kept) ? " is not the jar that the run used" : " is not there")
              + ". Copy it from another copy of the run's folder.");
    }
    return kept;
  }

  private static boolean isWhole(Path jar, String sha256) {
    return Files.isRegularFile(jar) && ContentHash.ofFile(jar).equals(sha256);
  }
}
