package io.nepenthe.pluginhost;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.PluginApi;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginRuntimeException;

/**
 * The plugins found in folders, read from manifests and descriptors only: the judge's process never
 * loads a plugin's classes.
 */
public final class PluginCatalog {
  private static final String REQUIRES = "Plugin-Requires";

  private final Map<String, InstalledPlugin> plugins;
  private final Map<String, NepentheException> rejected;

  private PluginCatalog(
      Map<String, InstalledPlugin> plugins, Map<String, NepentheException> rejected) {
    this.plugins = Collections.unmodifiableMap(plugins);
    this.rejected = Collections.unmodifiableMap(rejected);
  }

  /**
   * Reads every plugin jar in the folders themselves and in their {@code * /target} folders, where
   * a build leaves them. A jar that cannot be used is kept aside with the reason.
   */
  public static PluginCatalog scan(List<Path> folders) {
    return of(folders.stream().flatMap(folder -> jars(folder).stream()).toList());
  }

  /** Reads plugin jars. One that cannot be used is kept aside with the reason. */
  static PluginCatalog of(List<Path> jars) {
    Map<String, InstalledPlugin> plugins = new TreeMap<>();
    Map<String, NepentheException> rejected = new LinkedHashMap<>();
    jars.forEach(jar -> add(jar, plugins, rejected));
    return new PluginCatalog(plugins, rejected);
  }

  private static void add(
      Path jar, Map<String, InstalledPlugin> plugins, Map<String, NepentheException> rejected) {
    try {
      InstalledPlugin plugin = read(jar);
      InstalledPlugin other = plugins.putIfAbsent(plugin.id(), plugin);
      if (other != null) {
        throw rejected(jar, "the id '" + plugin.id() + "' is taken by " + other.jar(), null);
      }
    } catch (NepentheException e) {
      rejected.put(jar.toString(), e);
    }
  }

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new NepentheException(
          ErrorCode.IO,
          "there is no plugin folder " + folder + "; give --plugins a folder of jars");
    }
    try (Stream<Path> direct = Files.list(folder)) {
      return direct
          .flatMap(
              entry ->
                  Files.isDirectory(entry) ? jarsIn(entry.resolve("target")) : Stream.of(entry))
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .filter(
              file -> !file.getFileName().toString().matches(".*-(sources|javadoc|tests)\\.jar"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot list plugins in " + folder + " (" + e + ")", e);
    }
  }

  private static Stream<Path> jarsIn(Path target) {
    if (!Files.isDirectory(target)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot list plugins in " + target + " (" + e + ")", e);
    }
  }

  private static InstalledPlugin read(Path jar) {
    try {
      requireApi(jar);
      PluginDescriptor manifest = new ManifestPluginDescriptorFinder().find(jar);
      if (manifest == null || manifest.getPluginId() == null || manifest.getVersion() == null) {
        throw rejected(jar, "its manifest has no Plugin-Id or Plugin-Version", null);
      }
      if (!manifest.getPluginId().matches("[a-z0-9]+(-[a-z0-9]+)*")) {
        throw rejected(
            jar, "its Plugin-Id '" + manifest.getPluginId() + "' is not kebab-case", null);
      }
      requireProtocol(jar, manifest.getRequires());
      return new InstalledPlugin(
          manifest.getPluginId(),
          manifest.getVersion(),
          jar.toAbsolutePath(),
          ContentHash.ofFile(jar),
          descriptor(jar));
    } catch (PluginRuntimeException | IOException | IllegalArgumentException e) {
      throw rejected(jar, String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireApi(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getManifest() == null) {
        throw rejected(jar, "it has no manifest", null);
      }
      Attributes stated = file.getManifest().getMainAttributes();
      Optional<String> misfit = PluginApi.misfit(stated.getValue(PluginApi.ATTRIBUTE));
      if (misfit.isPresent()) {
        throw rejected(jar, misfit.get(), null);
      }
      if (stated.getValue(REQUIRES) == null) {
        throw rejected(
            jar,
            "its manifest has no %s, the measuring protocols it works with, such as ^%s"
                .formatted(REQUIRES, ProtocolVersion.semantic()),
            null);
      }
    }
  }

  private static void requireProtocol(Path jar, String requires) {
    boolean satisfied;
    try {
      satisfied =
          new DefaultVersionManager().checkVersionConstraint(ProtocolVersion.semantic(), requires);
    } catch (RuntimeException e) {
      throw rejected(jar, "its Plugin-Requires '" + requires + "' is no version range", e);
    }
    if (!satisfied) {
      throw rejected(
          jar,
          "it needs protocol " + requires + ", this program has " + ProtocolVersion.CURRENT,
          null);
    }
  }

  /** Returns what the method of a jar says of itself. */
  public static MethodDescriptor descriptor(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry entry = file.getEntry(MethodDescriptor.RESOURCE);
      if (entry == null) {
        throw rejected(jar, "it has no " + MethodDescriptor.RESOURCE, null);
      }
      try (InputStream in = file.getInputStream(entry)) {
        return MethodDescriptor.read(in.readAllBytes());
      }
    }
  }

  /** Returns all usable plugins, by id. */
  public Collection<InstalledPlugin> all() {
    return plugins.values();
  }

  /** Returns why each unusable jar was left out, one line each. */
  public List<String> rejections() {
    return rejected.values().stream().map(Throwable::getMessage).toList();
  }

  /** Returns the plugin of an id, if it is there and usable. */
  public Optional<InstalledPlugin> find(String id) {
    return Optional.ofNullable(plugins.get(id));
  }

  /** Returns the plugin that a suite names by its id, as the other method does. */
  public InstalledPlugin require(String id) {
    return require(id, ErrorCode.BAD_SUITE);
  }

  /**
   * Returns the plugin of an id; if there is none, says which there are and which were rejected.
   *
   * @param mistake what it is to ask for a plugin that is not there
   */
  public InstalledPlugin require(String id, ErrorCode mistake) {
    InstalledPlugin plugin = plugins.get(id);
    if (plugin != null) {
      return plugin;
    }
    for (Map.Entry<String, NepentheException> entry : rejected.entrySet()) {
      if (Path.of(entry.getKey()).getFileName().toString().startsWith(id + "-")
          || Path.of(entry.getKey()).getFileName().toString().equals(id + ".jar")) {
        throw entry.getValue();
      }
    }
    throw new NepentheException(
        mistake,
        "there is no method '"
            + id
            + "'. Known methods: "
            + String.join(", ", plugins.keySet())
            + ". Correct its name, or put the method's jar into the plugin folder.");
  }

  private static NepentheException rejected(Path jar, String why, Exception cause) {
    return new NepentheException(
        ErrorCode.PLUGIN_REJECTED,
        "plugin " + jar + " is rejected: " + why + ". Rebuild the plugin or remove the jar.",
        cause);
  }
}
