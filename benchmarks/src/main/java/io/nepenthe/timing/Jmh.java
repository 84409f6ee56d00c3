package io.nepenthe.timing;

import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs JMH; a benchmark of methods gets all that state a bound of their cost, unless some are
 * named.
 */
public final class Jmh {
  private static final String METHOD = "method=";

  private Jmh() {}

  /** Runs JMH with its own arguments. */
  public static void main(String[] arguments) throws IOException {
    org.openjdk.jmh.Main.main(withMethods(arguments, plugins()));
  }

  private static PluginCatalog plugins() {
    Path home = Path.of(System.getProperty("nepenthe.home.dir", ".")).toAbsolutePath();
    return PluginCatalog.scan(List.of(home.resolve("plugins")));
  }

  static String[] withMethods(String[] arguments, PluginCatalog catalog) {
    if (Stream.of(arguments).anyMatch(each -> each.startsWith(METHOD))) {
      return arguments;
    }
    String methods =
        catalog.all().stream()
            .filter(plugin -> plugin.descriptor().costBound() != null)
            .map(InstalledPlugin::id)
            .collect(Collectors.joining(","));
    return Stream.concat(Stream.of(arguments), Stream.of("-p", METHOD + methods))
        .toArray(String[]::new);
  }
}
