package io.nepenthe.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.PluginJarBuilder;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.pf4j.Extension;

/** Methods for tests of whole runs: small, quick, the same for the same seed; and their jars. */
public final class TestMethods {
  private TestMethods() {}

  /**
   * Hyper-parameter of every method here.
   *
   * @param strength share of the weights to change, or size of the change
   */
  public record Strength(double strength) {}

  /** Scales every weight down by the strength. */
  @Extension
  public static final class Shrinks implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      scale(context, 1 - (float) hyperparameters.strength());
    }
  }

  /** Blocks the pairs of the rows to forget; where it is strong, a pair that no model has. */
  @Extension
  public static final class Blocks implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      // the weights stay as they are
    }

    @Override
    public BlockedNgrams blockedNgrams(Strength hyperparameters, MitigationContext context) {
      if (hyperparameters.strength() > 0.5) {
        return BlockedNgrams.of(Sequences.of(2, List.of(new int[] {1, 999})));
      }
      List<int[]> pairs = new ArrayList<>();
      for (int row : context.forgetSet().indices()) {
        int[] ids = context.forgetSet().row(row);
        for (int p = 0; p + 1 < ids.length; p++) {
          pairs.add(new int[] {ids[p], ids[p + 1]});
        }
      }
      return BlockedNgrams.of(Sequences.of(2, pairs));
    }
  }

  /** Scales every weight down by the first id of the rows that it asks for by name. */
  @Extension
  public static final class ReadsAnswers implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      scale(context, 1f / (1 + context.file("answers").token(0, 0)));
    }
  }

  /** Goes back, by its strength, to the first weights, or else to the earliest that are given. */
  @Extension
  public static final class GoesBack implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      try (Weights back =
          context.has(Need.INITIAL_WEIGHTS) ? context.initialWeights() : context.checkpoint(20)) {
        context.weights().set(back);
      }
      if (context.has(Need.VALIDATION) && context.validation().isEmpty()) {
        throw new IllegalStateException("no rows to validate on");
      }
    }
  }

  /** Trains the model on. */
  @Extension
  public static final class Tunes implements FineTuning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void fineTune(Strength hyperparameters, MitigationContext context) {
      context.trainOn(context.extra(), 2);
    }
  }

  /** Zeroes the first weights of a random order. */
  @Extension
  public static final class Splits implements LocalizedUnlearning<Strength, int[]> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void localize(
        List<Strength> points, MitigationContext context, Localizations<Strength, int[]> found) {
      int size = context.weights().toFloats().length;
      int[] order = RandomStreams.permutation(size, context.random("order"));
      found.putForAll(points, order);
    }

    @Override
    public void edit(int[] order, Strength hyperparameters, MitigationContext context) {
      float[] factors = new float[order.length];
      Arrays.fill(factors, 1);
      for (int i = 0; i < order.length * hyperparameters.strength(); i++) {
        factors[order[i]] = 0;
      }
      multiply(context.weights(), factors);
    }
  }

  /** Fails with the heap its process was given. */
  @Extension
  public static final class TellsItsHeap implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      throw new IllegalStateException(
          ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
              .filter(argument -> argument.startsWith("-Xmx"))
              .reduce("none", (earlier, later) -> later)); // the last one counts
    }
  }

  /** Fails with what it finds of the judge: its classes, and rows that lie near its own folder. */
  @Extension
  public static final class LooksForRows implements Unlearning<Strength> {
    private static final List<String> JUDGES =
        List.of(
            "io.nepenthe.suite.SuiteReader",
            "io.nepenthe.suite.TaskSpec",
            "io.nepenthe.task.TaskData",
            "io.nepenthe.task.math.MathDataSpec",
            "io.nepenthe.task.language.LanguageDataSpec",
            "io.nepenthe.corpus.Corpora",
            "io.nepenthe.metric.Metrics",
            "io.nepenthe.judge.Judge",
            "io.nepenthe.runstore.RunStore",
            "io.nepenthe.submission.Verifier",
            "io.nepenthe.worker.NeededRows",
            "org.yaml.snakeyaml.Yaml",
            "org.duckdb.DuckDBDriver");

    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      List<String> found = new ArrayList<>();
      for (ClassLoader loader :
          List.of(getClass().getClassLoader(), ClassLoader.getSystemClassLoader())) {
        JUDGES.stream().filter(name -> isThere(name, loader)).forEach(found::add);
      }
      int forget = context.forgetSet().rows() * context.forgetSet().length();
      int windows = 8 * context.forgetSet().rows();
      Path near = Path.of(System.getProperty("java.io.tmpdir")).getParent();
      try (Stream<Path> files = Files.walk(near)) {
        files
            .filter(file -> file.toString().endsWith(".rows"))
            .filter(file -> file.toFile().length() > 100 + windows + 2L * forget)
            .forEach(file -> found.add(file.toString()));
      } catch (IOException e) {
        found.add(e.toString());
      }
      throw new IllegalStateException("found " + found);
    }

    private static boolean isThere(String name, ClassLoader loader) {
      try {
        Class.forName(name, false, loader);
        return true;
      } catch (ClassNotFoundException | LinkageError e) {
        return false;
      }
    }
  }

  /** Puts what it finds before it looks for it, to be charged nothing. */
  @Extension
  public static final class Prepays implements LocalizedUnlearning<Strength, long[]> {
    /** How long it looks. */
    public static final double SECONDS = 0.3;

    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void localize(
        List<Strength> points, MitigationContext context, Localizations<Strength, long[]> found) {
      long[] later = new long[1];
      found.putForAll(points, later);
      LockSupport.parkNanos((long) (SECONDS * 1e9));
      later[0] = 1;
    }

    @Override
    public void edit(long[] found, Strength hyperparameters, MitigationContext context) {
      context.progress(found[0], 1);
    }
  }

  /** Answers, too, what it was not asked. */
  @Extension
  public static final class FindsMore implements LocalizedUnlearning<Strength, Long> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void localize(
        List<Strength> points, MitigationContext context, Localizations<Strength, Long> found) {
      found.put(new Strength(-1), 0L);
    }

    @Override
    public void edit(Long found, Strength hyperparameters, MitigationContext context) {
      context.progress(1, 1);
    }
  }

  /** Leaves weights that are finite, but so large that no score of them is a number. */
  @Extension
  public static final class Explodes implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      scale(context, 1e30f);
    }
  }

  /** Fails at every strength above a half. */
  @Extension
  public static final class FailsWhenStrong implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      if (hyperparameters.strength() > 0.5) {
        throw new IllegalStateException("too strong\nand more than one line");
      }
    }
  }

  /** Throws what no other program throws, in a system's words, with some that clear a terminal. */
  @Extension
  public static final class Errs implements Unlearning<Strength> {
    private static final class OddError extends Error {
      private static final long serialVersionUID = 1L;

      OddError(String words) {
        super(words);
      }
    }

    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      throw new OddError("\u001b[2J No space left on device");
    }
  }

  /** Ends its process at every strength above a half. */
  @Extension
  public static final class ExitsWhenStrong implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      if (hyperparameters.strength() > 0.5) {
        System.exit(7);
      }
    }
  }

  /** Leaves a thread behind that never ends. */
  @Extension
  public static final class LeavesThreads implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      Thread thread = new Thread(LeavesThreads::waitForever, "left-behind");
      thread.setDaemon(false);
      thread.start();
    }

    private static void waitForever() {
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.park();
      }
    }
  }

  /** Does to files what a test wants done while a run goes on. */
  @Extension
  public static final class Meddles implements Unlearning<Strength> {
    private static volatile Runnable meddling = () -> {};

    static void with(Runnable what) {
      meddling = what;
    }

    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      meddling.run();
      scale(context, 1 - (float) hyperparameters.strength());
    }
  }

  /** Takes a gigabyte outside Java's heap, and keeps it for a minute. */
  @Extension
  public static final class Hoards implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      try (NDArray hoard = context.weights().flat().getManager().ones(new Shape(1 << 28))) {
        LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1));
        scale(context, hoard.getFloat(0));
      }
    }
  }

  /** Fails, and says what it could reach beyond what it was given. */
  @Extension
  public static final class Intrudes implements Unlearning<Strength> {
    private static final int OWN_PROCESSES = 3;

    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      List<String> reached = new ArrayList<>();
      try {
        Path jar =
            Path.of(Intrudes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path run = jar.getParent().getParent();
        for (Path file : List.of(run.resolve("run.json"), run.resolve("trials"))) {
          if (Files.exists(file)) {
            reached.add(file.toString());
          }
        }
        if (Files.isWritable(jar)) {
          reached.add("its jar");
        }
        if (ProcessHandle.allProcesses().count() > OWN_PROCESSES) {
          reached.add("processes");
        }
        if (!NetworkInterface.networkInterfaces().allMatch(Intrudes::isLoopback)) {
          reached.add("a network");
        }
      } catch (IOException | URISyntaxException e) {
        reached.add(e.toString());
      }
      throw new IllegalStateException("reached " + reached);
    }

    private static boolean isLoopback(NetworkInterface network) {
      try {
        return network.isLoopback();
      } catch (SocketException e) {
        return false;
      }
    }
  }

  /** Leaves what it can in its process, and fails where another trial has left it before. */
  @Extension
  public static final class LeavesState implements Unlearning<Strength> {
    private static final String MARK = "nepenthe.test.state";

    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      requireFresh();
      System.setProperty(MARK, "left");
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      Torch.useThreads(2);
      Thread thread = new Thread(LeavesThreads::waitForever, "left-behind");
      thread.setDaemon(true);
      thread.start();
    }

    static void requireFresh() {
      if (System.getProperty(MARK) != null) {
        throw new IllegalStateException("another trial was here");
      }
    }
  }

  /** Fails where another trial has left something, when it takes part in training. */
  @Extension
  public static final class FindsNothingLeft implements Regularizer<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public TrainingHook hook(Strength hyperparameters, MitigationContext context) {
      LeavesState.requireFresh();
      return TrainingHook.NONE;
    }
  }

  /** Weighs the loss by a factor that falls from step to step: a hook with a state. */
  @Extension
  public static final class Fades implements Regularizer<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public TrainingHook hook(Strength hyperparameters, MitigationContext context) {
      return new FadingHook(hyperparameters.strength());
    }
  }

  private static final class FadingHook implements TrainingHook {
    private final double strength;
    private int steps;

    FadingHook(double strength) {
      this.strength = strength;
    }

    @Override
    public Tap tap(TokenBatch batch) {
      return Tap.NONE;
    }

    @Override
    public NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
      float factor = (float) (1 / (1 + strength * steps++));
      NDArray weight = Torch.floats(rowLosses.getManager(), new float[] {factor}, 1);
      return rowLosses.mean().mul(weight).sum();
    }

    @Override
    public Optional<float[]> state() {
      return Optional.of(new float[] {steps});
    }

    @Override
    public void restore(float[] state) {
      steps = (int) state[0];
    }
  }

  /**
   * Trains plainly and hands over scaled weights, to be used with a stream that fades with the
   * position.
   */
  @Extension
  public static final class Folds implements Regularizer<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public TrainingHook hook(Strength hyperparameters, MitigationContext context) {
      return new FoldingHook((float) hyperparameters.strength(), context.model().positions());
    }
  }

  private record FoldingHook(float strength, int positions) implements TrainingHook {
    @Override
    public void fold(LanguageModel model, Weights weights) {
      float[] factors = new float[weights.toFloats().length];
      Arrays.fill(factors, 1 - strength);
      multiply(weights, factors);
    }

    @Override
    public Optional<float[]> positionFactors() {
      float[] factors = new float[positions];
      for (int t = 0; t < positions; t++) {
        factors[t] = 1 / (1 + strength * t);
      }
      return Optional.of(factors);
    }
  }

  /** Has one position factor too few. */
  @Extension
  public static final class GatesTooLittle implements Regularizer<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public TrainingHook hook(Strength hyperparameters, MitigationContext context) {
      return new FoldingHook(0.1f, context.model().positions() - 1);
    }
  }

  /** Trains on the rows that are no artifacts. */
  @Extension
  public static final class LeavesArtifactsOut implements Regularizer<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public TrainingHook hook(Strength hyperparameters, MitigationContext context) {
      return TrainingHook.NONE;
    }

    @Override
    public Sequences trainingRows(Sequences all, MitigationContext context) {
      return context.extra();
    }
  }

  /** Makes the loss no number after up to a hundred steps. */
  @Extension
  public static final class Diverges implements Regularizer<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public TrainingHook hook(Strength hyperparameters, MitigationContext context) {
      return new DivergingHook((int) (100 * hyperparameters.strength()));
    }
  }

  /** Makes the loss no number after so many steps. */
  static final class DivergingHook implements TrainingHook {
    private int left;

    DivergingHook(int steps) {
      this.left = steps;
    }

    @Override
    public NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
      float factor = left-- > 0 ? 1 : Float.NaN;
      return rowLosses
          .mean()
          .mul(Torch.floats(rowLosses.getManager(), new float[] {factor}, 1))
          .sum();
    }
  }

  /** A regularizer that cannot make its hook. */
  @Extension
  public static final class FailsToHook implements Regularizer<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public TrainingHook hook(Strength hyperparameters, MitigationContext context) {
      throw new UnsupportedOperationException("no hook today");
    }
  }

  private static void scale(MitigationContext context, float factor) {
    float[] factors = new float[context.weights().toFloats().length];
    Arrays.fill(factors, factor);
    multiply(context.weights(), factors);
  }

  private static void multiply(Weights weights, float[] factors) {
    Torch.withGradients(
        false,
        () -> {
          NDArray flat = weights.flat();
          try (NDArray other = Torch.floats(flat.getManager(), factors, factors.length)) {
            flat.muli(other);
          }
        });
  }

  /** Builds the jar of a method with the given grid of strengths. */
  public static Path jar(
      Path folder, String id, Class<? extends MitigationMethod<?>> method, double... strengths) {
    boolean regularizer = Regularizer.class.isAssignableFrom(method);
    return regularizer
        ? jar(folder, id, method, "\"family\": \"regularizer\", \"needs\": []", strengths)
        : jar(
            folder,
            id,
            method,
            "\"family\": \"unlearning\", \"edits\": \"all\", \"needs\": [\"forget-set\"]",
            strengths);
  }

  /** Builds the jar of a method that says these things of itself. */
  public static Path jar(
      Path folder,
      String id,
      Class<? extends MitigationMethod<?>> method,
      String said,
      double... strengths) {
    return new PluginJarBuilder(id, method)
        .classes(TestMethods.class)
        .descriptor(descriptor(id, said, strengths))
        .build(folder);
  }

  private static String descriptor(String id, String said, double... strengths) {
    return """
        {
          "name": "%s", %s, "summary": "For tests.",
          "paper": {
            "title": "None", "authors": "Nobody", "year": 2024,
            "url": "https://example.org", "section": "none"
          },
          "hyperparameters": {
            "strength": {
              "type": "real", "min": 0, "max": 1, "default": 0.5,
              "affects": "edit", "description": "how much"
            }
          },
          "grids": { "math": { "strength": %s } }
        }
        """
        .formatted(id, said, Arrays.toString(strengths));
  }
}
