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
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/memory.md} is made from what methods state. */
class MemoryTableTest {
  private static final int BYTES_OF_HALF = 2;
  private static final int TOKENS = 80;
  private static final int ROWS = 2000;

  @Test
  void tableIsWhatMethodsState() throws IOException {
    LanguageModel small = pythia(50304, 2560);
    LanguageModel large = pythia(50432, 4096);
    assertEquals(2_775_208_960L, small.layout().size());
    assertEquals(6_857_302_016L, large.layout().size());
    StringBuilder table = new StringBuilder();
    table.append("| method | Pythia 2.8B | Pythia 6.9B |\n| --- | ---: | ---: |\n");
    table.append(
        String.format(
            Locale.ROOT,
            "| the model alone | %.1f | %.1f |\n",
            gigabytes(memory(small).ofModel()),
            gigabytes(memory(large).ofModel())));
    PluginCatalog catalog = PluginCatalog.scan(List.of(SourceTree.ROOT.resolve("plugins")));
    for (InstalledPlugin plugin : catalog.all()) {
      MethodDescriptor descriptor = plugin.descriptor();
      if (descriptor.paperName() != null
          && descriptor.memory() != null
          && descriptor.gridSize("pythia") > 0
          && !descriptor.runsInTraining()) {
        table.append(
            "| %s | %s | %s |\n"
                .formatted(descriptor.name(), cell(plugin, small), cell(plugin, large)));
      }
    }
    Generated.check("docs/memory.md", "memory", table.toString());
  }

  private static LanguageModel pythia(int vocabulary, int width) {
    return Architectures.require("gpt_neox").model(new ModelSize(vocabulary, 2048, width, 32, 32));
  }

  private static PeakMemory memory(LanguageModel model) {
    return new PeakMemory(model, BYTES_OF_HALF, TOKENS - 1, 0);
  }

  private static String cell(InstalledPlugin plugin, LanguageModel model) {
    MethodPlan plan = new MethodPlan(plugin, plugin.descriptor().gridPoints("pythia"), List.of(0L));
    OptionalLong bytes = memory(model).bytes(plugin.descriptor(), plan.groups(plan.points()), ROWS);
    return String.format(Locale.ROOT, "%.1f", gigabytes((double) bytes.orElseThrow()));
  }

  private static double gigabytes(double bytes) {
    return bytes / 1e9;
  }
}
