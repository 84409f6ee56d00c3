package io.nepenthe.testkit;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.metric.Continuations;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationContext.Trained;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A small model of the paper's architecture that has learned additive sequences and memorized most
 * of its noised rows. Its weights and what its optimizer remembers are stored, so that they are the
 * same numbers on every machine; {@code TinyFixtureTest} trains it anew.
 */
public final class TinyFixture {
  static final String RESOURCE = "tiny-model.f32";
  static final int PASSES = 110;
  private static final long SEED = 0;
  private static final Window WINDOW = new Window(10, 10);
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(PASSES, 16, new AdamWSettings(5e-3, 0.9, 0.98, 1e-8, 0.01));
  private static final MathDataSpec DATA =
      new MathDataSpec(
          MathFamily.ADDITIVE,
          8,
          34,
          7,
          java.util.List.of(2),
          60,
          40,
          10,
          new Artifact.Noise(16, 0.4));

  private final LanguageModel model;
  private final TaskData data;
  private final float[] initial;
  private final float[] original;
  private final Trained trained;
  private final Sequences memorized;
  private final Sequences memorizedTwins;
  private final Sequences validation;
  private final NDManager manager = Torch.newManager(Device.cpu());

  private TinyFixture() {
    Torch.useThreads(1);
    this.data = MathData.build(DATA, WINDOW, Set.of(), SEED);
    this.validation = DATA.validation(WINDOW, Set.of(), SEED, (corpus, split, tokenizer) -> null);
    this.model =
        Architectures.paper()
            .model(new ModelSize(MathTokens.VOCABULARY, data.train().length(), 32, 2, 4));
    RandomStreams streams = new RandomStreams(SEED);
    this.initial = model.initialValues(streams.stream("initialisation"));
    FloatBuffer stored = stored();
    this.original = next(stored);
    OptimizerState optimizer = new OptimizerState(steps(), next(stored), next(stored));
    this.trained = new Trained(SETTINGS, data.trainedLength(Set.of()), PASSES, optimizer);
    try (Weights weights = weights(original)) {
      int[] reproduced = continuations(weights).reproducedRows();
      this.memorized = data.scored().artifacts().select(reproduced);
      this.memorizedTwins = data.scored().twins().select(reproduced);
    }
  }

  private static final class Holder {
    static final TinyFixture TRAINED = new TinyFixture();
  }

  /** Returns the fixture. */
  public static TinyFixture trained() {
    return Holder.TRAINED;
  }

  /** Weights, first and second moment in model order: 32-bit floats, the highest byte first. */
  private static FloatBuffer stored() {
    try (InputStream in = TinyFixture.class.getResourceAsStream(RESOURCE)) {
      return ByteBuffer.wrap(in.readAllBytes()).asFloatBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  private float[] next(FloatBuffer stored) {
    float[] values = new float[initial.length];
    stored.get(values);
    return values;
  }

  private long steps() {
    int batch = SETTINGS.batchSize();
    return (long) PASSES * ((data.train().rows() + batch - 1) / batch);
  }

  private Training training(
      Weights weights, Sequences rows, int length, TrainingHook hook, OptimizerState state) {
    return new Training(
        model, weights, rows, length, SETTINGS, hook, new RandomStreams(SEED), state);
  }

  /** Returns a training on the given rows that goes on from an optimizer's state; close it. */
  public Training training(
      Weights weights, Sequences rows, TrainingHook hook, OptimizerState state) {
    return training(weights, rows, trained.length(), hook, state);
  }

  /** Returns the architecture. */
  public LanguageModel model() {
    return model;
  }

  /** Returns what the rows are made of. */
  public MathDataSpec spec() {
    return DATA;
  }

  /** Returns how many tokens are given and compared. */
  public Window window() {
    return WINDOW;
  }

  /** Returns all rows. */
  public TaskData data() {
    return data;
  }

  /** Returns the artifact rows the model reproduces. */
  public Sequences memorized() {
    return memorized;
  }

  /** Returns how the model was trained. */
  public MitigationContext.Trained training() {
    return trained;
  }

  /** Returns a copy of the trained values. */
  public float[] original() {
    return original.clone();
  }

  /** Returns new weights with the given values; close them. */
  public Weights weights(float[] values) {
    return weights(model, values);
  }

  /** Returns new weights of another model; close them. */
  Weights weights(LanguageModel other, float[] values) {
    return Weights.of(other.layout(), manager, values);
  }

  /** Returns new weights with the values before training; close them. */
  public Weights initialWeights() {
    return weights(initial);
  }

  /** Returns all rows that a method can ask for. */
  public Map<Need, Sequences> rows() {
    Map<Need, Sequences> rows = new HashMap<>();
    rows.put(Need.FORGET_SET, memorized);
    rows.put(Need.RETAIN_SET, data.retain(Set.of()));
    rows.put(Need.TWINS, data.plantedTwins());
    rows.put(Need.FORGET_TWINS, memorizedTwins);
    rows.put(Need.EXTRA, data.extra());
    rows.put(Need.VALIDATION, validation);
    return rows;
  }

  /**
   * Returns what a method is given that asks for these; for a checkpoint weights half-way between
   * the first and the last stand in, for a file the twins.
   */
  public Given given(Set<Need> needs) {
    Map<Need, Sequences> rows = rows();
    rows.keySet().retainAll(needs);
    needs.stream()
        .filter(need -> need.file().isPresent())
        .forEach(need -> rows.put(need, data.plantedTwins()));
    Given given = Given.of(rows, WINDOW).padded(data.padding());
    for (Need need : needs) {
      if (!need.isRows()) {
        float[] values = need.equals(Need.INITIAL_WEIGHTS) ? initial : halfWay();
        given = given.with(need, parent -> Weights.of(model.layout(), parent, values));
      }
    }
    return given;
  }

  private float[] halfWay() {
    float[] values = initial.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] + original[i]) / 2;
    }
    return values;
  }

  /** Returns a context with fresh original weights and all rows; close its weights. */
  public MitigationContext context(long seed) {
    return context(rows(), Set.of(), seed, Progress.SILENT);
  }

  /** Returns a context with fresh original weights and the given data; close its weights. */
  public MitigationContext context(
      Map<Need, Sequences> rows, Set<Quirk> quirks, long seed, Progress progress) {
    return context(Given.of(rows, WINDOW).padded(data.padding()), quirks, seed, progress);
  }

  /** Returns a context with fresh original weights and what is given; close its weights. */
  public MitigationContext context(Given given, Set<Quirk> quirks, long seed, Progress progress) {
    return new MitigationContext(
        model, weights(original), given, trained, quirks, new RandomStreams(seed), progress);
  }

  /** Returns how many entries differ in any bit from the trained values, by tensor. */
  public Map<String, Long> changed(float[] values) {
    try (Weights before = weights(original);
        Weights after = weights(values)) {
      return after.changedEntries(before);
    }
  }

  /** Returns how much of the artifacts the weights reproduce. */
  public RowCounts memorization(float[] values) {
    try (Weights weights = weights(values)) {
      return continuations(weights).reproduced();
    }
  }

  private Continuations continuations(Weights weights) {
    Continuations[] continued = new Continuations[1];
    Torch.withGradients(
        false,
        () ->
            continued[0] =
                Memorization.clean()
                    .continuations(model, weights.parameters(), data.scored(), weights.manager()));
    return continued[0];
  }
}
