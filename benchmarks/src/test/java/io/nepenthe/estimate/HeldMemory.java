package io.nepenthe.estimate;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
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
import io.nepenthe.suite.StoredTypes;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prints what methods are estimated to hold and what they are seen to hold, in a process of its
 * own: in one that has freed much, arrays are no mappings of their own.
 */
final class HeldMemory {
  private static final int VOCABULARY = 2048;
  private static final int HEADS = 4;
  private static final int MOST_STEPS = 20;
  private static final PluginCatalog PLUGINS = PluginCatalog.scan(List.of(Path.of("../plugins")));

  private HeldMemory() {}

  /**
   * What is measured: a method on a model, written "act:gpt2", with its sizes behind that where
   * they matter, "act:gpt2:8:33:128:4".
   *
   * @param rows of each set
   * @param length tokens of a row
   */
  private record Case(String method, String architecture, int rows, int length, ModelSize size) {
    static Case of(String words) {
      String[] parts = words.split(":", -1);
      int[] sizes =
          parts.length > 2
              ? Arrays.stream(parts).skip(2).mapToInt(Integer::parseInt).toArray()
              : new int[] {8, 33, 128, 4};
      return new Case(
          parts[0],
          parts[1],
          sizes[0],
          sizes[1],
          new ModelSize(VOCABULARY, sizes[1], sizes[2], sizes[3], HEADS));
    }

    LanguageModel model() {
      return Architectures.require(architecture).model(size);
    }

    Sequences rows(int seed) {
      return Sequences.of(
          length, rows, (row, token) -> (7919 * seed * (row + 1) * (token + 2)) % VOCABULARY);
    }
  }

  /** Prints a line for each case: itself, and the bytes estimated and seen. */
  public static void main(String... cases) {
    told(cases[0]); // for nothing: meanwhile what reading the jars took is freed
    for (String words : cases) {
      System.out.println(told(words));
    }
  }

  private static String told(String words) {
    Case each = Case.of(words);
    InstalledPlugin plugin = PLUGINS.require(each.method);
    LanguageModel model = each.model();
    Map<String, Number> setting = setting(plugin.descriptor());
    double estimated = estimated(plugin.descriptor(), setting, model, each);
    return words + " " + estimated + " " + measured(plugin, setting, model, each);
  }

  private static double estimated(
      MethodDescriptor descriptor, Map<String, Number> setting, LanguageModel model, Case each) {
    int rows = descriptor.needs().contains(Need.RETAIN_SET) ? 2 * each.rows : each.rows;
    PeakMemory memory =
        new PeakMemory(model, StoredTypes.of(model, FloatType.FLOAT32), false, each.length - 1, 0);
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
      InstalledPlugin plugin, Map<String, Number> setting, LanguageModel model, Case each) {
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
                  Map.of(Need.FORGET_SET, each.rows(1), Need.RETAIN_SET, each.rows(2)),
                  new Window(each.length / 4 + 1, each.length / 4 + 1)),
              new MitigationContext.Trained(null, each.length, 1, OptimizerState.FRESH),
              Set.of(),
              streams,
              progress());
      try {
        localize(method, setting, context);
      } catch (SeenEnoughException e) {
        // one pass is as large as the next
      }
      return seen.peak();
    }
  }

  /** Ends a method that makes very many passes. */
  private static final class SeenEnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SeenEnoughException() {
      super("seen", null, false, false);
    }
  }

  private static Progress progress() {
    int[] left = {MOST_STEPS};
    return (done, total) -> {
      if (left[0]-- == 0) {
        throw new SeenEnoughException();
      }
    };
  }

  /**
   * Looks within every block, and when a loss is known: all that a gradient needs is there then.
   */
  private static LanguageModel watched(LanguageModel model, NativeMemory seen) {
    InvocationHandler looks =
        (proxy, call, arguments) -> {
          for (int i = 0; arguments != null && i < arguments.length; i++) {
            arguments[i] = arguments[i] instanceof Tap tap ? watched(tap, seen) : arguments[i];
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

  private static Tap watched(Tap tap, NativeMemory seen) {
    return new Tap() {
      @Override
      public NDArray hidden(int layer, NDArray activation) {
        seen.look();
        return tap.hidden(layer, activation);
      }

      @Override
      public NDArray stream(int layer, NDArray stream) {
        return tap.stream(layer, stream);
      }
    };
  }

  private static <P extends Record> void localize(
      LocalizedUnlearning<P, ?> method, Map<String, Number> setting, MitigationContext context) {
    P point = Hyperparameters.bind(method.hyperparameters(), setting);
    method.localize(List.of(point), context, (each, found) -> Localizations.release(found));
  }
}
