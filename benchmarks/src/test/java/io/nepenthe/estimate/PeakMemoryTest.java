package io.nepenthe.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.suite.StoredTypes;
import io.nepenthe.tensor.FloatType;
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
          "balanced-subnet:gpt_neox",
          "zero:gpt2:8:33:32:3",
          "integrated-gradients:gpt_neox:16:33:64:3",
          "sou:llama:192:5:256:1");

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

  private static final PluginCatalog PLUGINS = PluginCatalog.scan(List.of(Path.of("../plugins")));
  private static final LanguageModel SMALL =
      Architectures.require("gpt2").model(new ModelSize(50, 20, 16, 2, 2));

  private static OptionalLong bytes(String method, String grid, FloatType type, boolean onGpu) {
    MethodDescriptor descriptor = PLUGINS.require(method).descriptor();
    return new PeakMemory(SMALL, StoredTypes.of(SMALL, type), onGpu, 20, 0)
        .bytes(descriptor, List.of(descriptor.gridPoints(grid)), 8);
  }

  @Test
  void everyMethodOfThePaperStatesWhatItHolds() {
    for (InstalledPlugin plugin : PLUGINS.all()) {
      MethodDescriptor descriptor = plugin.descriptor();
      assertTrue(descriptor.paperName() == null || descriptor.memory() != null, descriptor.name());
    }
  }

  @Test
  void aMethodThatStatesNothingHasNoEstimate() {
    MethodDescriptor descriptor = PLUGINS.require("zero").descriptor();
    ObjectNode silent = Json.mapper().valueToTree(descriptor);
    silent.remove("memory");
    assertEquals(
        OptionalLong.empty(),
        new PeakMemory(SMALL, StoredTypes.of(SMALL, FloatType.FLOAT32), false, 20, 0)
            .bytes(
                Json.mapper().convertValue(silent, MethodDescriptor.class),
                List.of(descriptor.gridPoints("math")),
                8));
  }

  @Test
  void aStepThroughTwoBatchesTakesWhatOneOfTwiceTheRowsDoes() {
    assertEquals(inTraining("gradient-ascent", 8), inTraining("gradient-difference", 4));
    assertTrue(inTraining("gradient-ascent", 4) < inTraining("gradient-difference", 4));
  }

  private static long inTraining(String method, int batch) {
    MethodDescriptor descriptor = PLUGINS.require(method).descriptor();
    return new PeakMemory(SMALL, StoredTypes.of(SMALL, FloatType.FLOAT32), false, 20, batch)
        .bytes(descriptor, List.of(descriptor.gridPoints("math")), 8)
        .getAsLong();
  }

  /** A mapped model is there once, with its edited pages; a vector, and one on a GPU, twice. */
  @Test
  void aModelIsThereAsItLiesInMemory() {
    long parameters = SMALL.layout().size();
    long mlp =
        SMALL.mlp().stream()
            .flatMap(each -> each.all().stream())
            .mapToLong(tensor -> SMALL.layout().tensor(tensor).size())
            .sum();
    assertEquals(
        8 * parameters, bytes("no-mitigation", "math", FloatType.FLOAT32, false).getAsLong());
    assertEquals(
        2 * parameters, bytes("no-mitigation", "math", FloatType.FLOAT16, false).getAsLong());
    assertEquals(
        4 * parameters, bytes("no-mitigation", "math", FloatType.BFLOAT16, true).getAsLong());
    long largest = 16 * 64;
    assertEquals(
        2 * (parameters + mlp) + 8 * largest,
        bytes("random-pruning", "math", FloatType.FLOAT16, false).getAsLong());
  }
}
