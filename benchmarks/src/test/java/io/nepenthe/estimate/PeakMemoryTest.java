package io.nepenthe.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.pluginhost.PluginCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * What methods state they hold must be what they are seen to hold, at points that no load moves:
 * the gradients that come after them are not seen.
 */
class PeakMemoryTest {
  private static final List<String> PAIRS =
      List.of(
          "act:gpt_neox",
          "durable:gpt_neox",
          "durable-agg:llama",
          "hard-concrete:gpt_neox",
          "slim:gpt2",
          "greedy:gpt_neox",
          "subnet:llama",
          "balanced-subnet:gpt_neox");

  @Test
  void theEstimateIsWhatIsMeasured() throws Exception {
    assumeTrue(NativeMemory.canTell(), "no C library that tells");
    List<String> told = told();
    assertEquals(PAIRS, told.stream().map(line -> line.split(" ", -1)[0]).toList());
    for (String line : told) {
      double estimated = Double.parseDouble(line.split(" ", -1)[1]);
      double seen = Double.parseDouble(line.split(" ", -1)[2]);
      assertTrue(
          seen <= 1.3 * estimated && seen >= 0.5 * estimated,
          line + ": bytes estimated, bytes seen");
    }
  }

  private static List<String> told() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dai.djl.offline=true"));
    command.addAll(List.of("-DOPT_OUT_TRACKING=true", "-Dai.djl.pytorch.num_threads=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(HeldMemory.class.getName());
    command.addAll(PAIRS);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536"); // from the first array on
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().filter(line -> PAIRS.contains(line.split(" ", -1)[0])).toList();
  }

  @Test
  void aMethodThatStatesNothingHasNoEstimate() {
    MethodDescriptor descriptor =
        PluginCatalog.scan(List.of(Path.of("../plugins"))).require("zero").descriptor();
    LanguageModel model = Architectures.require("gpt2").model(new ModelSize(50, 20, 16, 2, 2));
    assertEquals(
        OptionalLong.empty(),
        new PeakMemory(model, Float.BYTES, 20, 0)
            .bytes(descriptor, List.of(descriptor.gridPoints("math")), HeldMemory.ROWS));
  }
}
