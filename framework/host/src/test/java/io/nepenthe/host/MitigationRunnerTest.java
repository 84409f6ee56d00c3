package io.nepenthe.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.plugin.Given;
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

  @Test
  void noMethodReachesTheModelThatTheNextPointBeginsWith() throws IOException {
    String before;
    try (NDManager manager = Torch.newManager(Torch.device("cpu"));
        Weights weights =
            Weights.of(
                MODEL.layout(), manager, MODEL.initialValues(new RandomStreams(0).stream("w")))) {
      ModelFolder.write(folder, MODEL, weights, SpecialIds.NONE);
      before = weights.hash();
    }
    Original original =
        new Original(
            folder,
            MODEL,
            Given.NOTHING,
            new MitigationContext.Trained(null, 8, 0, OptimizerState.FRESH),
            Set.of(),
            0,
            "cpu",
            FloatType.FLOAT32);
    List<String> left = new ArrayList<>();
    try (MitigationRunner runner = new MitigationRunner(original, Progress.SILENT)) {
      runner.run(
          new ZeroesAllInReach(),
          List.of(Map.of("number", 0.0), Map.of("number", 1.0)),
          new MitigationRunner.Receiver() {
            @Override
            public void mitigated(int point, Weights weights, TrialTime time) {
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
}
