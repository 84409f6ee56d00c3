package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.CountedModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.EditedPart;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.AdamW;
import io.nepenthe.training.Gradients;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import io.nepenthe.training.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Small methods as a newcomer would write them, one for each thing that a context offers. */
final class NewMethodsTest {
  private static final TinyFixture FIXTURE = TinyFixture.trained();

  private static float[] left(Consumer<MitigationContext> method) {
    MitigationContext context = FIXTURE.context(1);
    try (Weights weights = context.weights()) {
      int before = weights.manager().getManagedArrays().size();
      method.accept(context);
      assertEquals(before, weights.manager().getManagedArrays().size(), "arrays are left open");
      return weights.toFloats();
    }
  }

  private static TrainingSettings settings(MitigationContext context) {
    return context.trained().requireSettings().at(2e-3);
  }

  private static int memorized(float[] values) {
    return FIXTURE.memorization(values).memorized();
  }

  private static final int BEFORE = memorized(FIXTURE.original());

  @Test
  void gradientAscentIsItsLoss() {
    float[] left =
        left(
            context ->
                context.train(
                    context.forgetSet(),
                    2,
                    settings(context),
                    (batch, parameters) ->
                        NextTokenLoss.mean(context.model(), parameters, batch).neg()));
    assertTrue(memorized(left) < BEFORE, memorized(left) + " rows are left of " + BEFORE);
  }

  @Test
  void aLossOnTheComparedTokensOnlyReadsTheWindowOfEachRow() {
    float[] left =
        left(
            context ->
                context.train(
                    context.forgetSet(),
                    2,
                    settings(context),
                    (batch, parameters) -> comparedLoss(context, batch, parameters).neg()));
    assertTrue(memorized(left) < BEFORE, memorized(left) + " rows are left of " + BEFORE);
  }

  private static NDArray comparedLoss(
      MitigationContext context, TokenBatch batch, Parameters parameters) {
    float[] weights = new float[batch.size() * batch.length()];
    for (int i = 0; i < batch.size(); i++) {
      Window window = context.windows().row(batch.row(i));
      // the target of column t is token t + 1
      int from = i * batch.length() + window.prompt() - 1;
      Arrays.fill(weights, from, from + window.compare(), 1);
    }
    return NextTokenLoss.weightedMean(
        NextTokenLoss.perPosition(context.model(), parameters, batch, Tap.NONE), weights);
  }

  /** Clips the gradient of every row and adds noise, as DP-SGD does. */
  private static final class Private implements TrainingHook {
    private static final double LIMIT = 0.5;
    private final RandomGenerator random;
    private final double noise;
    private final List<Integer> rows = new ArrayList<>();
    private double largest;

    Private(RandomGenerator random, double noise) {
      this.random = random;
      this.noise = noise;
    }

    @Override
    public int rowsPerGradient() {
      return 1;
    }

    @Override
    public void partGradient(NDArray gradient, TokenBatch part) {
      rows.add(part.row(0));
      Gradients.clip(gradient, LIMIT);
    }

    @Override
    public void gradient(NDArray gradient, TrainingStep step) {
      largest = Math.max(largest, Gradients.norm(gradient));
      Gradients.addNoise(gradient, noise, random);
    }
  }

  private static float[] trainedPrivately(List<Private> hooks, double noise) {
    return left(
        context -> {
          hooks.add(new Private(context.random("noise"), noise));
          context.train(context.twins(), 1, settings(context), hooks.get(hooks.size() - 1));
        });
  }

  @Test
  void rowsOfAPrivateTrainingAreClippedOneByOne() {
    List<Private> hooks = new ArrayList<>();
    float[] once = trainedPrivately(hooks, 0.01);
    assertArrayEquals(once, trainedPrivately(hooks, 0.01), "its noise is not the run's");
    assertFalse(Arrays.equals(once, trainedPrivately(hooks, 0)), "its noise does nothing");
    Private first = hooks.get(0);
    assertEquals(FIXTURE.data().plantedTwins().rows(), first.rows.size());
    assertEquals(first.rows.size(), Set.copyOf(first.rows).size(), "a row was clipped twice");
    assertTrue(first.largest > 0 && first.largest <= Private.LIMIT * 1.0001, "" + first.largest);
  }

  @Test
  void theGradientsOfRowsAddUpToThatOfTheBatch() {
    List<float[]> gradients = new ArrayList<>();
    for (int rows : new int[] {1, 5, Integer.MAX_VALUE}) {
      TrainingHook hook =
          new TrainingHook() {
            @Override
            public int rowsPerGradient() {
              return rows;
            }

            @Override
            public void gradient(NDArray gradient, TrainingStep step) {
              if (step.number() == 1) {
                gradients.add(gradient.toFloatArray());
              }
            }
          };
      left(context -> context.train(context.twins(), 1, settings(context), hook));
    }
    assertEquals(3, gradients.size());
    assertArrayEquals(gradients.get(2), gradients.get(0), 1e-5f);
    assertArrayEquals(gradients.get(2), gradients.get(1), 1e-5f);
  }

  @Test
  void aConflictingGradientLosesThePartThatConflicts() {
    left(
        context -> {
          var manager = context.weights().manager();
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray gradient = Torch.floats(manager, new float[] {-1, 2}, 2);
            Gradients.removeConflict(gradient, Torch.floats(manager, new float[] {2, 0}, 2));
            assertArrayEquals(new float[] {0, 2}, gradient.toFloatArray());
            Gradients.removeConflict(gradient, Torch.floats(manager, new float[] {2, 1}, 2));
            assertArrayEquals(new float[] {0, 2}, gradient.toFloatArray());
          }
        });
  }

  /** Leaves every fourth token out of the loss, as Goldfish loss does. */
  private static final class Goldfish implements TrainingHook {
    private static final int EVERY = 4;

    @Override
    public NDArray tokenLoss(NDArray losses, Parameters parameters, TokenBatch batch) {
      float[] weights = new float[batch.size() * batch.length()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = i % batch.length() % EVERY == EVERY - 1 ? 0 : 1;
      }
      return NextTokenLoss.weightedMean(losses, weights);
    }
  }

  @Test
  void aLossByTokensCostsNoSecondForwardPass() {
    double plain = cost(TrainingHook.NONE);
    assertEquals(plain, cost(new Goldfish()), 1e-9);
    assertTrue(plain > 0);
    float[] without =
        left(context -> context.train(context.twins(), 1, settings(context), TrainingHook.NONE));
    float[] with =
        left(context -> context.train(context.twins(), 1, settings(context), new Goldfish()));
    assertFalse(Arrays.equals(without, with), "the mask does nothing");
  }

  private static double cost(TrainingHook hook) {
    CountedModel counted = new CountedModel(FIXTURE.model());
    try (Weights weights = FIXTURE.weights(FIXTURE.original())) {
      MitigationContext context =
          new MitigationContext(
              counted,
              weights,
              Given.of(FIXTURE.rows(), FIXTURE.window()),
              FIXTURE.training(),
              Set.of(),
              new RandomStreams(1),
              Progress.SILENT);
      context.train(context.twins(), 1, settings(context), hook);
    }
    return counted.tokens();
  }

  @Test
  void aScheduleSetsTheRateOfEachStep() {
    List<Long> steps = new ArrayList<>();
    TrainingHook schedule =
        new TrainingHook() {
          @Override
          public double learningRate(double usual, long step) {
            steps.add(step);
            return usual / step;
          }
        };
    float[] falling =
        left(context -> context.train(context.twins(), 2, settings(context), schedule));
    assertEquals(List.of(1L, 2L), steps);
    assertFalse(
        Arrays.equals(
            falling,
            left(
                context ->
                    context.train(context.twins(), 2, settings(context), TrainingHook.NONE))));
  }

  /** Trains factors of a low rank beside the matrices of attention, then merges them. */
  private static void adaptAttention(MitigationContext context) {
    int rank = 2;
    String name = context.model().attention().get(0).out().weight();
    int width = context.model().width();
    try (var manager = context.weights().manager().newSubManager()) {
      float[] random = new float[width * rank];
      RandomGenerator generator = context.random("adapter");
      for (int i = 0; i < random.length; i++) {
        random[i] = (float) generator.nextGaussian();
      }
      NDArray down = Torch.kept(manager, Torch.floats(manager, random, width, rank));
      NDArray up = Torch.kept(manager, Torch.floats(manager, new float[rank * width], rank, width));
      try (AdamW optimizer = new AdamW(settings(context).optimizer(), List.of(down, up))) {
        for (int step = 0; step < 5; step++) {
          context.progress(step, 5);
          Torch.withGradients(
              true,
              () -> {
                down.setRequiresGradient(true);
                up.setRequiresGradient(true);
                try (NDScope scope = new NDScope()) {
                  scope.suppressNotUsedWarning();
                  TokenBatch batch =
                      TokenBatch.of(manager, context.forgetSet(), context.forgetSet().indices());
                  Parameters plain = context.weights().parameters();
                  Parameters adapted = plain.with(name, plain.get(name).add(down.matMul(up)));
                  Torch.backward(NextTokenLoss.mean(context.model(), adapted, batch).neg());
                  optimizer.step();
                } finally {
                  down.setRequiresGradient(false);
                  up.setRequiresGradient(false);
                }
              });
        }
        assertEquals(5, optimizer.steps());
      }
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray matrix = context.weights().tensor(name); // (D, D)
        Ops.copyInPlace(matrix, matrix.add(down.matMul(up)));
      }
    }
  }

  @Test
  void anAdapterOfLeavesOfItsOwnChangesTheMatrixItIsMergedInto() {
    Map<String, Long> changed = FIXTURE.changed(left(NewMethodsTest::adaptAttention));
    assertTrue(changed.size() == 1, changed.toString());
    assertTrue(EditedPart.ATTENTION.tensors(FIXTURE.model()).containsAll(changed.keySet()));
  }

  private static MitigationContext given(Need... needs) {
    return FIXTURE.context(FIXTURE.given(Set.of(needs)), Set.of(), 1, Progress.SILENT);
  }

  /** Trains away from the forget set for as long as the loss on validation rows bears it. */
  private static List<Double> stopEarly(MitigationContext context, int most) {
    List<Double> losses = new ArrayList<>();
    TrainingHook ascent =
        TrainingHook.of(
            (batch, parameters) -> NextTokenLoss.mean(context.model(), parameters, batch).neg());
    try (Training training = context.training(context.forgetSet(), settings(context), ascent)) {
      losses.add(validationLoss(context));
      for (int pass = 0; pass < most && losses.get(pass) <= 2 * losses.get(0); pass++) {
        context.progress(pass, most);
        training.pass(pass);
        losses.add(validationLoss(context));
      }
    }
    return losses;
  }

  private static double validationLoss(MitigationContext context) {
    double[] loss = new double[1];
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Sequences rows = context.validation();
            TokenBatch batch = TokenBatch.of(context.weights().manager(), rows, rows.indices());
            Parameters parameters = context.weights().parameters();
            loss[0] = NextTokenLoss.mean(context.model(), parameters, batch).toFloatArray()[0];
          }
        });
    return loss[0];
  }

  @Test
  void aMethodStopsEarlyByTheLossOnValidationRows() {
    MitigationContext context = given(Need.FORGET_SET, Need.VALIDATION);
    try {
      List<Double> losses = stopEarly(context, 50);
      int last = losses.size() - 1;
      assertTrue(last > 0 && last < 50, "it takes " + last + " passes");
      assertTrue(losses.get(last) > 2 * losses.get(0), losses.toString());
      assertTrue(losses.get(last - 1) <= 2 * losses.get(0), losses.toString());
    } finally {
      context.weights().close();
    }
  }

  @Test
  void validationRowsAreNeitherTrainedOnNorJudgedOn() {
    Set<List<Integer>> others = new HashSet<>();
    List<Sequences> used = new ArrayList<>(FIXTURE.data().tests().values());
    used.addAll(
        List.of(
            FIXTURE.data().train(),
            FIXTURE.data().plantedTwins(),
            FIXTURE.data().scored().artifacts(),
            FIXTURE.data().scored().twins()));
    used.forEach(rows -> others.addAll(lists(rows)));
    Sequences validation = FIXTURE.rows().get(Need.VALIDATION);
    assertEquals(2 * FIXTURE.spec().testRows(), validation.rows());
    for (List<Integer> row : lists(validation)) {
      assertTrue(others.add(row), row + " has another use, or is there twice");
    }
  }

  private static List<List<Integer>> lists(Sequences rows) {
    return Arrays.stream(rows.indices())
        .mapToObj(row -> Arrays.stream(rows.row(row)).boxed().toList())
        .toList();
  }

  /** Takes a share of what training added out of the model again, as task arithmetic does. */
  private static void subtractTaskVector(MitigationContext context) {
    try (Weights before = context.initialWeights();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray learned = context.weights().flat().sub(before.flat());
      Torch.withGradients(false, () -> context.weights().flat().subi(Ops.scale(learned, 0.5)));
    }
  }

  @Test
  void aTaskVectorStartsAtTheInitialWeights() {
    MitigationContext context = given(Need.INITIAL_WEIGHTS);
    try (Weights weights = context.weights();
        Weights initial = FIXTURE.initialWeights()) {
      subtractTaskVector(context);
      float[] first = initial.toFloats();
      float[] left = weights.toFloats();
      for (int i = 0; i < left.length; i++) {
        assertEquals((FIXTURE.original()[i] + first[i]) / 2, left[i], 1e-6);
      }
    }
  }

  @Test
  void anEarlierCheckpointIsAModelOfItsOwn() {
    MitigationContext context = given(Need.checkpoint(20));
    try (Weights weights = context.weights();
        Weights earlier = context.checkpoint(20)) {
      assertFalse(Arrays.equals(weights.toFloats(), earlier.toFloats()));
      assertTrue(context.has(Need.checkpoint(20)));
      assertFalse(context.has(Need.checkpoint(40)));
      String why =
          assertThrows(IllegalStateException.class, () -> context.checkpoint(40)).getMessage();
      assertTrue(why.contains("add \"checkpoint:40\" to needs"), why);
    }
  }

  @Test
  void paddingIsTheTasks() {
    MitigationContext context = given();
    try {
      assertEquals(OptionalInt.of(FIXTURE.data().padding()), context.padding());
      assertFalse(context.has(Need.RETAIN_SET));
    } finally {
      context.weights().close();
    }
  }

  @Test
  void aFileOfTheSuiteIsRowsByItsName() {
    MitigationContext context = given(Need.file("paraphrases"));
    try {
      assertFalse(context.file("paraphrases").isEmpty());
      String why =
          assertThrows(IllegalStateException.class, () -> context.file("answers")).getMessage();
      assertTrue(why.contains("add \"file:answers\" to needs"), why);
    } finally {
      context.weights().close();
    }
  }
}
