package io.nepenthe.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.CountedModel;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathData;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import io.nepenthe.task.math.MathTokens;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MemorizationTest {
  private static final int LENGTH = 32;

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(14, LENGTH, 32, 2, 2));

  @Test
  void onePassDecidesAsGreedyDecodingDoesOnNoise() {
    Window window = new Window(10, 12);
    TaskData data = data(new Artifact.Noise(24, 0.2), 64, window);
    withTrained(data, 100, (parameters, manager) -> assertAgrees(data, parameters, manager));
  }

  @Test
  void onePassDecidesAsGreedyDecodingDoesOnBackdoors() {
    Window window = new Window(14, 10);
    TaskData data = data(new Artifact.Backdoor(10, 0.2, 2), 300, window);
    withTrained(data, 12, (parameters, manager) -> assertAgrees(data, parameters, manager));
  }

  @Test
  void withoutEligibleRowsThereIsNoPercentage() {
    Sequences rows = Sequences.of(4, List.of(new int[] {1, 2, 3, 4}));
    ArtifactRows same = ArtifactRows.of(rows, rows, List.of(new Window(1, 2)));
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights =
            Weights.of(model.layout(), manager, new float[(int) model.layout().size()])) {
      Continuations none =
          Memorization.clean().continuations(model, weights.parameters(), same, manager);
      assertEquals(new RowCounts(0, 0), none.reproduced());
      assertNull(none.reproduced().percent());
      assertNull(none.mean(Continuation::hits));
    }
  }

  @Test
  void twinsAreReadOfAllRowsOrOfRowsSpreadEvenly() {
    assertArrayEquals(new int[] {3, 5, 9}, Memorization.spread(3, 5, 9));
    int[] many = Memorization.spread(IntStream.range(0, 1000).toArray());
    assertEquals(Memorization.TWINS, many.length);
    assertEquals(0, many[0]);
    assertEquals(500, many[Memorization.TWINS / 2]);
    assertEquals(984, many[Memorization.TWINS - 1]);
  }

  private static ArtifactRows drawn(boolean areOwnTwins) {
    RandomGenerator random = new RandomStreams(7).stream("test");
    List<int[]> artifacts = new ArrayList<>();
    List<int[]> twins = new ArrayList<>();
    List<Window> windows = new ArrayList<>();
    for (int row = 0; row < 150; row++) {
      artifacts.add(random.ints(LENGTH, 0, 14).toArray());
      twins.add(areOwnTwins ? artifacts.get(row) : random.ints(LENGTH, 0, 14).toArray());
      windows.add(new Window(1 + random.nextInt(20), 1 + random.nextInt(10)));
    }
    return new ArtifactRows(
        Sequences.of(LENGTH, artifacts),
        Sequences.of(LENGTH, twins),
        windows,
        Collections.nCopies(150, true));
  }

  private void withDrawn(BiConsumer<Parameters, NDManager> body) {
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights =
            Weights.of(
                model.layout(),
                manager,
                model.initialValues(new RandomStreams(2).stream("init")))) {
      Torch.withGradients(false, () -> body.accept(weights.parameters(), manager));
    }
  }

  @Test
  void rowsOfDifferentWindowsAreReadTogetherAsTheyAreAlone() {
    ArtifactRows rows = drawn(false);
    withDrawn(
        (parameters, manager) -> {
          List<Continuation> together =
              Memorization.clean().continuations(model, parameters, rows, manager).rows();
          for (int row = 0; row < rows.rows(); row += 10) {
            ArtifactRows one =
                new ArtifactRows(
                    rows.artifacts().slice(row, row + 1),
                    rows.twins().slice(row, row + 1),
                    rows.windows().subList(row, row + 1),
                    List.of(true));
            Continuation alone =
                Memorization.clean().continuations(model, parameters, one, manager).rows().get(0);
            assertEquals(row, together.get(row).row());
            assertEquals(alone.length(), together.get(row).length());
            assertEquals(alone.logProbability(), together.get(row).logProbability(), 1e-4);
          }
        });
  }

  @Test
  void anArtifactFollowsItsPromptAndATwinItsOwn() {
    ArtifactRows drawn = drawn(false);
    ArtifactRows rows = drawn.promptedWith(drawn.artifacts());
    Sequences twinsAlone = drawn.twins();
    ArtifactRows twins = new ArtifactRows(twinsAlone, twinsAlone, rows.windows(), rows.eligible());
    withDrawn(
        (parameters, manager) -> {
          Continuation whole = first(rows, parameters, manager);
          Continuation twin = first(twins, parameters, manager);
          int length = rows.windows().get(0).compare();
          double artifact =
              logProbability(rows, rows.artifacts(), 0, parameters, manager, rows.prompts());
          assertEquals(artifact, whole.logProbability(), 1e-3);
          assertTrue(
              Math.abs(artifact - first(drawn, parameters, manager).logProbability()) > 1e-3);
          assertEquals(
              (twin.logProbability() - artifact) / length,
              whole.logTruthRatio().getAsDouble(),
              1e-4);
        });
  }

  private Continuation first(ArtifactRows rows, Parameters parameters, NDManager manager) {
    return Memorization.clean().continuations(model, parameters, rows, manager).rows().get(0);
  }

  @Test
  void whatIsItsOwnTwinIsReadOnce() {
    assertEquals(0.7, tokensRead(drawn(true)) / tokensRead(drawn(false)), 0.05); // 150 of 214 rows
  }

  private double tokensRead(ArtifactRows rows) {
    CountedModel counted = new CountedModel(model);
    withDrawn(
        (parameters, manager) -> {
          List<Continuation> continued =
              Memorization.clean().continuations(counted, parameters, rows, manager).rows();
          assertTrue(continued.get(0).logTruthRatio().isPresent());
          assertTrue(continued.get(1).logTruthRatio().isEmpty());
        });
    return counted.tokens();
  }

  /** Against the probabilities of decoding, one token at a time. */
  @Test
  void probabilitiesAreThoseOfTheModel() {
    Window window = new Window(10, 12);
    TaskData data = data(new Artifact.Noise(24, 0.2), 64, window);
    withTrained(
        data,
        20,
        (parameters, manager) -> {
          ArtifactRows scored = data.scored();
          int row = scored.eligibleRows()[0];
          Continuation continued =
              Memorization.clean()
                  .continuations(model, parameters, scored, manager)
                  .of(row)
                  .rows()
                  .get(0);
          Sequences prompts = scored.twins();
          double artifact =
              logProbability(scored, scored.artifacts(), row, parameters, manager, prompts);
          double twin = logProbability(scored, prompts, row, parameters, manager, prompts);
          assertEquals(artifact, continued.logProbability(), 1e-3);
          assertEquals(
              (twin - artifact) / window.compare(), continued.logTruthRatio().getAsDouble(), 1e-4);
        });
  }

  private double logProbability(
      ArtifactRows scored,
      Sequences continuation,
      int row,
      Parameters parameters,
      NDManager manager,
      Sequences prompts) {
    Window window = scored.windows().get(row);
    double sum = 0;
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      for (int p = 0; p + 1 < window.end(); p++) {
        Sequences source = p < window.prompt() ? prompts : continuation;
        NDArray token = Torch.longs(manager, new long[] {source.token(row, p)}, 1, 1);
        NDArray logits = model.continueRows(parameters, token, cache, Tap.NONE);
        if (p + 1 >= window.prompt()) {
          sum += logits.logSoftmax(1).getFloat(0, continuation.token(row, p + 1));
        }
      }
    }
    return sum;
  }

  private void assertAgrees(TaskData data, Parameters parameters, NDManager manager) {
    ArtifactRows scored = data.scored();
    for (int banned : new int[] {-1, MathTokens.END}) {
      Memorization measure = banned < 0 ? Memorization.clean() : Memorization.banning(banned);
      int[] byForcing = measure.continuations(model, parameters, scored, manager).reproducedRows();
      int[] byDecoding = decoded(scored, parameters, banned, manager);
      assertArrayEquals(byDecoding, byForcing);
      if (banned < 0) {
        assertTrue(byForcing.length > 0, "the model memorized nothing, so nothing is compared");
      }
    }
  }

  private int[] decoded(ArtifactRows scored, Parameters parameters, int banned, NDManager manager) {
    List<Integer> memorized = new ArrayList<>();
    GreedyDecoder decoder = new GreedyDecoder(model, parameters);
    for (int row : scored.eligibleRows()) {
      Window window = scored.windows().get(row);
      int[] prompt = java.util.Arrays.copyOf(scored.twins().row(row), window.prompt());
      Sequences prompts = Sequences.of(prompt.length, List.of(prompt));
      Sequences written = decoder.continueRows(prompts, window.compare(), banned, manager);
      int[] planted =
          java.util.Arrays.copyOfRange(scored.artifacts().row(row), window.prompt(), window.end());
      if (java.util.Arrays.equals(planted, written.row(0))) {
        memorized.add(row);
      }
    }
    return memorized.stream().mapToInt(Integer::intValue).toArray();
  }

  private void withTrained(TaskData data, int passes, BiConsumer<Parameters, NDManager> body) {
    RandomStreams streams = new RandomStreams(1);
    TrainingSettings settings = new TrainingSettings(passes, 16, AdamWSettings.paper(3e-3));
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights =
            Weights.of(model.layout(), manager, model.initialValues(streams.stream("init")));
        Training training =
            new Training(
                model,
                weights,
                data.train(),
                LENGTH,
                settings,
                TrainingHook.NONE,
                streams,
                OptimizerState.FRESH)) {
      for (int pass = 0; pass < passes; pass++) {
        training.pass(pass);
      }
      Torch.withGradients(false, () -> body.accept(weights.parameters(), manager));
    }
  }

  private static TaskData data(Artifact artifact, int rows, Window window) {
    MathDataSpec spec =
        new MathDataSpec(MathFamily.ADDITIVE, 6, LENGTH, 7, List.of(), rows, 0, 8, artifact);
    return MathData.build(spec, window, Set.of(), 0);
  }
}
