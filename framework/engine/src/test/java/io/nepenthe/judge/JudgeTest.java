package io.nepenthe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.judge.Judge.Verdict;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathTokens;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
  private static final TinyFixture FIXTURE = TinyFixture.trained();
  private static final Judge JUDGE = judge(FIXTURE.spec());

  private static Judge judge(MathDataSpec data) {
    TaskSpec task =
        new TaskSpec(
            "tiny",
            1,
            "math",
            data,
            FIXTURE.window(),
            new ModelSpec(2, 32, 4, null),
            new TrainingSpec(1, 16, 5e-3, 0.01, List.of()),
            60,
            null,
            null,
            null);
    return new Judge(task, 0, Set.of());
  }

  private static Verdict verdict(Judge judge, float[] values, Optional<float[]> factors) {
    try (Weights weights = FIXTURE.weights(values)) {
      return judge.measure(weights, factors);
    }
  }

  private static Verdict verdict(float[] values) {
    return verdict(JUDGE, values, Optional.empty());
  }

  private static Optional<float[]> factors(float factor) {
    float[] factors = new float[FIXTURE.data().train().length()];
    Arrays.fill(factors, factor);
    return Optional.of(factors);
  }

  @Test
  void namesTheRowsThatTheModelReproduces() {
    Verdict verdict = verdict(FIXTURE.original());
    Sequences artifacts = JUDGE.data().scored().artifacts();
    int[] named = verdict.memorizedRows().stream().mapToInt(Integer::intValue).toArray();
    assertEquals(FIXTURE.memorized(), artifacts.select(named));
    assertEquals(FIXTURE.memorized().rows(), verdict.scores().memorization().memorized());
    assertTrue(named.length > 0, "the fixture has memorized nothing");
  }

  @Test
  void aModelOfZerosReproducesNothingAndIsAsPerplexedAsItsVocabularyIsLarge() {
    Verdict verdict = verdict(new float[FIXTURE.original().length]);
    assertEquals(List.of(), verdict.memorizedRows());
    assertEquals(0.0, verdict.scores().memorizedPercent());
    assertEquals(MathTokens.VOCABULARY, verdict.scores().perplexity(), 1e-4);
  }

  @Test
  void everyArtifactCountsInOneHalf() {
    Verdict verdict = verdict(FIXTURE.original());
    SplitScores split = Objects.requireNonNull(verdict.split());
    RowCounts validation = split.validation().memorization();
    RowCounts holdout = split.holdout().memorization();
    RowCounts all = verdict.scores().memorization();
    assertEquals(all.memorized(), validation.memorized() + holdout.memorized());
    assertEquals(all.eligible(), validation.eligible() + holdout.eligible());
    assertNotEquals(split.validation().perplexity(), split.holdout().perplexity());
  }

  @Test
  void oneTestRowMakesNoHalves() {
    MathDataSpec all = FIXTURE.spec();
    MathDataSpec one =
        new MathDataSpec(
            all.family(),
            all.numbers(),
            all.length(),
            all.primary(),
            all.auxiliary(),
            all.primaryRows(),
            all.auxiliaryRows(),
            1,
            all.artifact());
    assertNull(verdict(judge(one), FIXTURE.original(), Optional.empty()).split());
  }

  @Test
  void positionFactorsScaleTheModelThatIsMeasured() {
    Verdict plain = verdict(FIXTURE.original());
    assertEquals(plain, verdict(JUDGE, FIXTURE.original(), factors(1)));
    assertNotEquals(plain, verdict(JUDGE, FIXTURE.original(), factors(0)));
  }

  @Test
  void whatIsBlockedIsNotEmittedAnywhere() {
    List<int[]> every =
        IntStream.range(0, MathTokens.VOCABULARY).mapToObj(id -> new int[] {id}).toList();
    Scores plain = verdict(FIXTURE.original()).scores();
    try (Weights weights = FIXTURE.weights(FIXTURE.original())) {
      Scores silent =
          JUDGE
              .measure(weights, Inference.blocking(BlockedNgrams.of(Sequences.of(1, every))))
              .scores();
      assertEquals(0, silent.memorization().memorized());
      assertEquals(0, silent.accuracyPercent());
      assertEquals(plain.perplexity(), silent.perplexity());
      assertEquals(plain, JUDGE.measure(weights, Inference.blocking(BlockedNgrams.NONE)).scores());
    }
  }

  @Test
  void aFolderIsMeasuredAsItsWeightsAre(@TempDir Path folder) throws IOException {
    ModelFolder.write(folder, FIXTURE.model(), FIXTURE.original(), new SpecialIds(-1, -1, -1));
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      assertEquals(verdict(FIXTURE.original()), JUDGE.measure(Checkpoint.given(folder), manager));
    }
  }

  @Test
  void leavesTheWeightsAndNoOpenArrays() {
    try (Weights weights = FIXTURE.weights(FIXTURE.original())) {
      int before = weights.manager().getManagedArrays().size();
      String hash = weights.hash();
      JUDGE.measure(weights, Optional.empty());
      assertEquals(hash, weights.hash());
      assertEquals(before, weights.manager().getManagedArrays().size());
    }
  }
}
