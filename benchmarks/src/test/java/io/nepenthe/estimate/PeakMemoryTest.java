package io.nepenthe.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What methods state they hold must be what they are seen to hold, at points that no load moves:
 * the gradients that come after them are not seen.
 */
class PeakMemoryTest {
  private static final int ROWS = 8;
  private static final int LENGTH = 33;
  private static final PluginCatalog PLUGINS = PluginCatalog.scan(List.of(Path.of("../plugins")));

  @ParameterizedTest
  @CsvSource({
    "act, gpt_neox",
    "durable, gpt_neox",
    "durable-agg, llama",
    "hard-concrete, gpt_neox",
    "slim, gpt2",
    "greedy, gpt_neox",
    "subnet, llama",
    "balanced-subnet, gpt_neox"
  })
  void theEstimateIsWhatIsMeasured(String id, String type) {
    assumeTrue(NativeMemory.canTell(), "no C library that tells");
    LanguageModel model = Architectures.require(type).model(new ModelSize(2048, LENGTH, 128, 4, 4));
    InstalledPlugin plugin = PLUGINS.require(id);
    Map<String, Number> setting = setting(plugin.descriptor());
    int rows = plugin.descriptor().needs().contains(Need.RETAIN_SET) ? 2 * ROWS : ROWS;
    PeakMemory memory = new PeakMemory(model, Float.BYTES, LENGTH - 1, 0);
    double estimate =
        (double) memory.bytes(plugin.descriptor(), List.of(List.of(setting)), rows).orElseThrow()
            - memory.ofModel();
    double measured = measured(plugin, setting, model);
    assertTrue(
        measured <= 1.3 * estimate && measured >= 0.5 * estimate,
        () -> "%s: %.1f MB are estimated, %.1f seen".formatted(id, estimate / 1e6, measured / 1e6));
  }

  private static Map<String, Number> setting(MethodDescriptor descriptor) {
    return descriptor
        .expand(
            descriptor.hyperparameters().containsKey("epochs")
                ? Map.of("epochs", List.of(2))
                : descriptor.hyperparameters().containsKey("batchSize")
                    ? Map.of("ratio", List.of(1e-6))
                    : Map.of())
        .get(0);
  }

  private static double measured(
      InstalledPlugin plugin, Map<String, Number> setting, LanguageModel model) {
    if (!(LoadedPlugin.method(plugin) instanceof LocalizedUnlearning<?, ?> method)) {
      throw new AssertionError(plugin.id());
    }
    RandomStreams streams = new RandomStreams(0);
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights =
            Weights.of(model.layout(), manager, model.initialValues(streams.stream("weights")))) {
      NativeMemory seen = new NativeMemory();
      MitigationContext context =
          new MitigationContext(
              watched(model, seen),
              weights,
              Given.of(
                  Map.of(Need.FORGET_SET, rows(1), Need.RETAIN_SET, rows(2)), new Window(9, 9)),
              new MitigationContext.Trained(null, LENGTH, 1, OptimizerState.FRESH),
              Set.of(),
              streams,
              Progress.SILENT);
      try (seen) {
        localize(method, setting, context);
        return seen.peak();
      }
    }
  }

  /**
   * Looks within every block, and when a loss is known: all that a gradient needs is there then.
   */
  private static LanguageModel watched(LanguageModel model, NativeMemory seen) {
    InvocationHandler looks =
        (proxy, call, arguments) -> {
          if (call.getName().equals("hiddenStates")) {
            Tap tap = (Tap) arguments[2];
            arguments[2] =
                (Tap)
                    (layer, units) -> {
                      seen.look();
                      return tap.hidden(layer, units);
                    };
          }
          Object result = call.invoke(model, arguments);
          if (call.getName().equals("losses")) {
            seen.look();
          }
          return result;
        };
    return (LanguageModel)
        Proxy.newProxyInstance(
            LanguageModel.class.getClassLoader(), new Class<?>[] {LanguageModel.class}, looks);
  }

  private static <P extends Record> void localize(
      LocalizedUnlearning<P, ?> method, Map<String, Number> setting, MitigationContext context) {
    P point = Hyperparameters.bind(method.hyperparameters(), setting);
    method.localize(List.of(point), context, (each, found) -> Localizations.release(found));
  }

  private static Sequences rows(int seed) {
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      int[] row = new int[LENGTH];
      for (int t = 0; t < LENGTH; t++) {
        row[t] = (7919 * seed * (r + 1) * (t + 2)) % 2048;
      }
      rows.add(row);
    }
    return Sequences.of(LENGTH, rows);
  }

  @Test
  void aMethodThatStatesNothingHasNoEstimate() {
    MethodDescriptor descriptor = PLUGINS.require("zero").descriptor();
    LanguageModel model = Architectures.require("gpt2").model(new ModelSize(50, 20, 16, 2, 2));
    assertEquals(
        OptionalLong.empty(),
        new PeakMemory(model, Float.BYTES, 20, 0)
            .bytes(descriptor, List.of(descriptor.gridPoints("math")), ROWS));
  }
}
