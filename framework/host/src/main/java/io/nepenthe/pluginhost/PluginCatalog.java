package io.nepenthe.pluginhost;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * The plugins found in folders, read from manifests and descriptors only: the judge's process never
 * loads a plugin's classes.
 */
public final class PluginCatalog {
  private final Map<String, InstalledPlugin> plugins;
  private final Map<String, NepentheException> rejected;

  private PluginCatalog(
      Map<String, InstalledPlugin> plugins, Map<String, NepentheException> rejected) {
    this.plugins = Collections.unmodifiableMap(plugins);
    this.rejected = Collections.unmodifiableMap(rejected);
  }

  /**
   * Reads every plugin jar in folders that are trusted: in themselves and in their {@code *
   * /target} folders, where a build leaves them. A jar that cannot be used is kept aside with the
   * reason.
   */
  public static PluginCatalog scan(List<Path> folders) {
    return of(folders.stream().flatMap(folder -> jars(folder).stream()).toList());
  }

  /** Reads plugin jars. One that cannot be used is kept aside with the reason. */
  static PluginCatalog of(List<Path> jars) {
    return new PluginCatalog(Map.of(), Map.of()).with(jars, plugin -> {});
  }

  /**
   * Returns these plugins and those of a stranger's folder or jar. Ids of the methods that ship
   * with this program, and what only they may say of themselves, are refused there.
   *
   * @param reserved the ids
   */
  public PluginCatalog withForeign(Path further, ReservedIds reserved) {
    return with(jars(further), reserved::requireFree);
  }

  private PluginCatalog with(List<Path> jars, Consumer<InstalledPlugin> check) {
    Map<String, InstalledPlugin> all = new TreeMap<>(plugins);
    Map<String, NepentheException> refused = new LinkedHashMap<>(rejected);
    for (Path jar : jars) {
      try {
        add(jar, all, check);
      } catch (Throwable e) { // whatever is in a jar, the others are not its victims
        refused.put(jar.toString(), rejected(jar, why(e), e));
      }
    }
    return new PluginCatalog(all, refused);
  }

  private static void add(
      Path jar, Map<String, InstalledPlugin> plugins, Consumer<InstalledPlugin> check)
      throws IOException {
    InstalledPlugin plugin = PluginJar.read(jar).plugin();
    InstalledPlugin other = plugins.get(plugin.id());
    if (other != null && other.sha256().equals(plugin.sha256())) {
      return; // the same jar once more
    }
    check.accept(plugin);
    if (other != null) {
      throw new IllegalArgumentException("the id '" + plugin.id() + "' is taken by " + other.jar());
    }
    plugins.put(plugin.id(), plugin);
  }

  private static String why(Throwable e) {
    return e instanceof IllegalArgumentException || e instanceof ZipException
        ? String.valueOf(e.getMessage())
        : "it cannot be read (" + e + ")";
  }

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      if (Files.exists(folder) && folder.getFileName().toString().endsWith(".jar")) {
        return List.of(folder);
      }
      throw new NepentheException(
          ErrorCode.IO,
          "there is no plugin folder " + folder + "; give --plugins a folder of jars, or a jar");
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

  /**
   * Returns what the method of a jar says of itself.
   *
   * @throws NepentheException with PLUGIN_REJECTED if it cannot be read
   */
  public static MethodDescriptor descriptor(Path jar) {
    try {
      return PluginJar.read(jar).descriptor();
    } catch (IOException | IllegalArgumentException e) {
      throw rejected(jar, why(e), e);
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

  private static NepentheException rejected(Path jar, String why, Throwable cause) {
    String words =
        "plugin " + jar + " is rejected: " + why + ". Rebuild the plugin or remove the jar.";
    return new NepentheException(
        ErrorCode.PLUGIN_REJECTED, Words.line(words.replace('\n', ' ').replace('\r', ' ')), cause);
  }
}
