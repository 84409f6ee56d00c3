package io.nepenthe.cli;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the methods that are there. */
@Command(
    name = "plugins",
    description = "Lists the mitigation methods: id, family, version, paper, size of the grid.",
    subcommands = {NewPluginCommand.class, PluginsCheckCommand.class},
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
  private static final String KIND = "math";

  @Mixin private PluginsOption plugins = new PluginsOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    PluginCatalog catalog = plugins.catalog();
    List<Map<String, Object>> listed = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format("%-26s %-12s %-8s %5s  %s%n", "id", "family", "version", "grid", "paper"));
    for (InstalledPlugin plugin : catalog.all()) {
      MethodDescriptor descriptor = plugin.descriptor();
      MethodDescriptor.Paper paper = descriptor.paper();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", plugin.id());
      entry.put("name", descriptor.name());
      entry.put("family", descriptor.family());
      entry.put("version", plugin.version());
      entry.put("summary", descriptor.summary());
      entry.put("paper", paper);
      entry.put("gridSize", descriptor.gridSize(KIND));
      entry.put("gridSizes", gridSizes(descriptor));
      listed.add(entry);
      text.append(
          String.format(
              "%-26s %-12s %-8s %5d  %s (%s, %d), %s%n",
              plugin.id(),
              descriptor.family().id(),
              plugin.version(),
              descriptor.gridSize(KIND),
              paper.title(),
              paper.authors(),
              paper.year(),
              paper.section()));
    }
    catalog.rejections().forEach(Console::warn);
    json.print(listed, text.toString());
    return catalog.rejections().isEmpty() ? 0 : ErrorCode.PLUGIN_REJECTED.exitCode();
  }

  private static Map<String, Integer> gridSizes(MethodDescriptor descriptor) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    descriptor.grids().keySet().forEach(k -> sizes.put(k, descriptor.gridSize(k)));
    return sizes;
  }
}
