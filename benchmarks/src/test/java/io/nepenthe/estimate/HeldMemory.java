package io.nepenthe.estimate;

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
import java.util.Set;

/**
 * Prints what methods are estimated to hold and what they are seen to hold, in a process of its
 * own: in one that has freed much, arrays are no mappings of their own.
 */
final class HeldMemory {
  static final int ROWS = 8;
  private static final int LENGTH = 33;
  private static final PluginCatalog PLUGINS = PluginCatalog.scan(List.of(Path.of("../plugins")));

  private HeldMemory() {}

  /**
   * Prints a line for each pair of a method and an architecture: both, and the bytes estimated and
   * seen.
   */
  public static void main(String... pairs) {
    for (String pair : pairs) {
      String[] words = pair.split(":", -1);
      InstalledPlugin plugin = PLUGINS.require(words[0]);
      LanguageModel model =
          Architectures.require(words[1]).model(new ModelSize(2048, LENGTH, 128, 4, 4));
      Map<String, Number> setting = setting(plugin.descriptor());
      double estimated = estimated(plugin.descriptor(), setting, model);
      System.out.println(pair + " " + estimated + " " + measured(plugin, setting, model));
    }
  }

  private static double estimated(
      MethodDescriptor descriptor, Map<String, Number> setting, LanguageModel model) {
    int rows = descriptor.needs().contains(Need.RETAIN_SET) ? 2 * ROWS : ROWS;
    PeakMemory memory = new PeakMemory(model, Float.BYTES, LENGTH - 1, 0);
    return memory.bytes(descriptor, List.of(List.of(setting)), rows).orElseThrow()
        - memory.ofModel();
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

  private static long measured(
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
      localize(method, setting, context);
      return seen.peak();
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
}
