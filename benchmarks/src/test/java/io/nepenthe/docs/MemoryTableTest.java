package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.estimate.PeakMemory;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.suite.StoredTypes;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/memory.md} is made from what methods state. */
class MemoryTableTest {
  private static final int TOKENS = 80;
  private static final int ROWS = 2000;

  @Test
  void tableIsWhatMethodsState() throws IOException {
    LanguageModel small = pythia(50304, 2560);
    LanguageModel large = pythia(50432, 4096);
    assertEquals(2_775_208_960L, small.layout().size());
    assertEquals(6_857_302_016L, large.layout().size());
    StringBuilder table = new StringBuilder();
    table.append("| method | 2.8B, CPU | 2.8B, GPU | 6.9B, CPU | 6.9B, GPU |\n");
    table.append("| --- | ---: | ---: | ---: | ---: |\n");
    List<PeakMemory> columns =
        List.of(
            memory(small, false), memory(small, true), memory(large, false), memory(large, true));
    row(table, "the model alone", columns, PeakMemory::ofModel);
    PluginCatalog catalog = PluginCatalog.scan(List.of(SourceTree.ROOT.resolve("plugins")));
    for (InstalledPlugin plugin : catalog.all()) {
      MethodDescriptor descriptor = plugin.descriptor();
      if (descriptor.paperName() != null
          && descriptor.memory() != null
          && descriptor.gridSize("pythia") > 0
          && !descriptor.runsInTraining()) {
        row(table, descriptor.name(), columns, memory -> peak(plugin, memory));
      }
    }
    Generated.check("docs/memory.md", "memory", table.toString());
  }

  private static LanguageModel pythia(int vocabulary, int width) {
    return Architectures.require("gpt_neox").model(new ModelSize(vocabulary, 2048, width, 32, 32));
  }

  private static PeakMemory memory(LanguageModel model, boolean onGpu) {
    return new PeakMemory(model, StoredTypes.of(model, FloatType.FLOAT16), onGpu, TOKENS - 1, 0);
  }

  private static double peak(InstalledPlugin plugin, PeakMemory memory) {
    MethodPlan plan = new MethodPlan(plugin, plugin.descriptor().gridPoints("pythia"), List.of(0L));
    return memory.bytes(plugin.descriptor(), plan.groups(plan.points()), ROWS).orElseThrow();
  }

  private static void row(
      StringBuilder table,
      String name,
      List<PeakMemory> columns,
      ToDoubleFunction<PeakMemory> bytes) {
    table.append("| ").append(name).append(" |");
    columns.forEach(
        column ->
            table.append(String.format(Locale.ROOT, " %.1f |", bytes.applyAsDouble(column) / 1e9)));
    table.append("\n");
  }
}
