package io.nepenthe.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MitigationRunnerTest {
  private static final LanguageModel MODEL = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 2, 2));

  @TempDir private Path folder;

  /** No hyper-parameters but one that tells points apart. */
  public record Point(double number) {}

  /** Sets everything to zero that its weights lead to. */
  private static final class ZeroesAllInReach implements Unlearning<Point> {
    @Override
    public Class<Point> hyperparameters() {
      return Point.class;
    }

    @Override
    public void mitigate(Point hyperparameters, MitigationContext context) {
      for (NDManager manager = context.weights().manager();
          manager != null;
          manager = manager.getParentManager()) {
        manager.getManagedArrays().forEach(array -> array.muli(0));
      }
    }
  }

  /** Finds one thing for the points up to 1, and one for those above. */
  private static final class FindsTwoThings
      implements LocalizedUnlearning<Point, FindsTwoThings.Thing> {
    final List<String> closed = new ArrayList<>();

    record Thing(String name, List<String> closed) implements AutoCloseable {
      @Override
      public void close() {
        closed.add(name);
      }
    }

    @Override
    public Class<Point> hyperparameters() {
      return Point.class;
    }

    @Override
    public void localize(
        List<Point> points, MitigationContext context, Localizations<Point, Thing> found) {
      found.putForAll(points.subList(0, 2), new Thing("small", closed));
      found.putForAll(points.subList(2, 3), new Thing("large", closed));
    }

    @Override
    public void edit(Thing thing, Point point, MitigationContext context) {
      if (point.number() == 1) {
        throw new IllegalStateException("fails");
      }
    }
  }

  /** Needs more memory than there is for more than a few rows at once. */
  private static final class NeedsMemory implements Unlearning<Point> {
    private final List<Integer> tried = new ArrayList<>();
    private final int most;

    NeedsMemory(int most) {
      this.most = most;
    }

    @Override
    public Class<Point> hyperparameters() {
      return Point.class;
    }

    @Override
    public void mitigate(Point hyperparameters, MitigationContext context) {
      context.weights().flat().muli(0); // what a failed try leaves must not stay
      int rows = context.rowsAtOnce(8);
      tried.add(rows);
      if (rows > most) {
        throw new EngineException(
            "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 1 GiB");
      }
      context.weights().flat().addi(1);
    }
  }

  /** Keeps what is answered. */
  private static final class Answers implements MitigationRunner.Receiver {
    private final List<String> hashes = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Override
    public void mitigated(int point, Weights weights, BlockedNgrams blocked, TrialTime time) {
      hashes.add(weights.hash());
    }

    @Override
    public void failed(int point, Throwable cause) {
      failures.add(cause);
    }
  }

  @Test
  void whereAGpuHasTooLittleMemoryFewerRowsAtOnceAreTried() throws IOException {
    NeedsMemory method = new NeedsMemory(2);
    Answers answers = new Answers();
    try (MitigationRunner runner = new MitigationRunner(original(), Progress.SILENT)) {
      runner.run(method, List.of(Map.of("number", 0.0), Map.of("number", 1.0)), answers);
    }
    assertEquals(List.of(8, 4, 2, 2), method.tried, "what helped once is tried first next time");
    assertEquals(List.of(), answers.failures);
    assertEquals(answers.hashes.get(0), answers.hashes.get(1));
  }

  @Test
  void whereOneRowIsTooMuchThePointFailsAndNamesTheGpu() throws IOException {
    NeedsMemory method = new NeedsMemory(0);
    Answers answers = new Answers();
    try (MitigationRunner runner = new MitigationRunner(original(), Progress.SILENT)) {
      runner.run(method, List.of(Map.of("number", 0.0)), answers);
    }
    assertEquals(List.of(8, 4, 2, 1), method.tried);
    assertEquals(
        "out of memory on gpu 0, which was asked for 20.00 GiB more",
        WorkerLoop.reason(answers.failures.get(0)));
  }

  @Test
  void whatIsFoundIsFreedBehindTheLastPointThatNeedsIt() throws IOException {
    FindsTwoThings method = new FindsTwoThings();
    List<String> closed = new ArrayList<>();
    try (MitigationRunner runner = new MitigationRunner(original(), Progress.SILENT)) {
      runner.run(
          method,
          List.of(Map.of("number", 0.0), Map.of("number", 1.0), Map.of("number", 2.0)),
          new MitigationRunner.Receiver() {
            @Override
            public void mitigated(
                int point, Weights weights, BlockedNgrams blocked, TrialTime time) {
              closed.add(point + " " + method.closed);
            }

            @Override
            public void failed(int point, Throwable cause) {
              closed.add(point + " failed " + method.closed);
            }
          });
    }
    assertEquals(List.of("0 []", "1 failed []", "2 [small, large]"), closed);
    assertEquals(List.of("small", "large"), method.closed);
  }

  @Test
  void noMethodReachesTheModelThatTheNextPointBeginsWith() throws IOException {
    List<String> left = new ArrayList<>();
    String before;
    try (MitigationRunner runner = new MitigationRunner(original(), Progress.SILENT)) {
      before = runner.original().hash();
      runner.run(
          new ZeroesAllInReach(),
          List.of(Map.of("number", 0.0), Map.of("number", 1.0)),
          new MitigationRunner.Receiver() {
            @Override
            public void mitigated(
                int point, Weights weights, BlockedNgrams blocked, TrialTime time) {
              left.add(weights.hash());
            }

            @Override
            public void failed(int point, Throwable cause) {
              throw new AssertionError(cause);
            }
          });
      assertEquals(before, runner.original().hash());
    }
    assertEquals(2, left.size());
    assertNotEquals(before, left.get(0));
  }

  private Original original() throws IOException {
    try (NDManager manager = Torch.newManager(Torch.device("cpu"));
        Weights weights =
            Weights.of(
                MODEL.layout(), manager, MODEL.initialValues(new RandomStreams(0).stream("w")))) {
      ModelFolder.write(folder, MODEL, weights, SpecialIds.NONE);
    }
    return new Original(
        folder,
        MODEL,
        Given.NOTHING,
        new MitigationContext.Trained(null, 8, 0, OptimizerState.FRESH),
        Set.of(),
        0,
        "cpu",
        FloatType.FLOAT32);
  }
}
