package io.nepenthe.challenge;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Fine-tunes the model a little, and measures after some steps: on artifacts that are not measured,
 * on clean rows that it was trained on, and on rows that hold nothing of the task (Lynch et al.,
 * 2024, Eight Methods to Evaluate Robust Unlearning in LLMs; Lucki et al., 2024). What was hidden,
 * not forgotten, comes back on rows that do not hold it.
 *
 * <p>Each step is one of AdamW, which remembers nothing at first, on as many rows as the task's
 * batches have, or all there are. Its learning rate is a share of the task's: at the whole of it, a
 * model that was trained to its end forgets for a while what it is not shown.
 */
final class Relearning implements Challenge<ChallengeSpec.Relearning> {
  @Override
  public Class<ChallengeSpec.Relearning> parameters() {
    return ChallengeSpec.Relearning.class;
  }

  @Override
  public ChallengeCost cost(ChallengeSpec.Relearning asked, ChallengeCost.Rows rows) {
    if (rows.batch() == 0) {
      return ChallengeCost.ofReading(0);
    }
    long points = asked.steps().stream().filter(step -> step > 0).count();
    int steps = asked.steps().get(asked.steps().size() - 1);
    double ofArtifacts = Math.min(asked.artifacts(), rows.batch());
    return new ChallengeCost(
        (1.0 + 3 * points) * rows.measured(), steps * (ofArtifacts + 2.0 * rows.batch()), 0);
  }

  @Override
  public List<Reading> readings(ChallengeSpec.Relearning asked, Subject subject) {
    Optional<TrainingSettings> settings = subject.place().task().furtherTraining();
    RelearningRows rows =
        RelearningRows.of(
            subject.data(), asked.artifacts(), subject.place().random("relearning/artifacts"));
    if (settings.isEmpty()
        || subject.weights().layout().size() > Weights.LARGEST_FLAT
        || rows.measured().eligibleRows().length == 0) {
      return List.of();
    }
    Measured measured =
        new Measured(subject, rows.measured(), asked.isAttacked(), rows.artifacts());
    TrainingSettings trained = settings.get();
    double rate = asked.rate() * trained.optimizer().learningRate();
    Curve curve = new Curve(asked, subject, trained.at(rate), measured);
    curve.follow("artifacts", rows.artifacts());
    Sequences clean = curve.enough(subject.data().retained());
    curve.follow("clean-rows", clean);
    curve.follow(
        "unrelated-rows",
        RelearningRows.shuffled(
            clean, subject.data().padding(), subject.place().random("relearning/shuffled")));
    return curve.readings;
  }

  /** What is measured as training goes on. */
  private static final class Curve {
    private final ChallengeSpec.Relearning asked;
    private final Subject subject;
    private final TrainingSettings settings;
    private final Measured measured;
    private final Map<String, Double> before;
    private final List<Reading> readings = new ArrayList<>();

    Curve(
        ChallengeSpec.Relearning asked,
        Subject subject,
        TrainingSettings settings,
        Measured measured) {
      this.asked = asked;
      this.subject = subject;
      this.settings = settings;
      this.measured = measured;
      this.before = measured.of(subject.weights());
      readings.add(new Reading(asked.kind(), Reading.UNCHALLENGED, null, before));
    }

    /** Returns as many rows, at random, as all steps can use. */
    Sequences enough(Sequences rows) {
      int last = asked.steps().get(asked.steps().size() - 1);
      long most = Math.min(rows.rows(), (long) settings.batchSize() * last);
      RandomGenerator random = subject.place().random("relearning/clean-rows");
      int[] order = RandomStreams.permutation(rows.rows(), random);
      return rows.select(Arrays.copyOf(order, (int) most));
    }

    void follow(String variant, Sequences rows) {
      if (rows.isEmpty()) {
        return;
      }
      Batches batches =
          new Batches(
              rows.rows(),
              settings.batchSize(),
              subject.place().random("relearning/order/" + variant));
      int length = Math.min(rows.length(), subject.data().trainedLength(subject.place().quirks()));
      try (Weights weights = subject.copy();
          Training training =
              new Training(
                  subject.model(),
                  weights,
                  rows,
                  length,
                  settings,
                  TrainingHook.NONE,
                  new RandomStreams(0), // of whole passes, which are not made
                  OptimizerState.FRESH)) {
        int done = 0;
        for (int step : asked.steps()) {
          weights.computedIn(FloatType.FLOAT32);
          for (; done < step; done++) {
            training.step(batches.next());
          }
          Map<String, Double> values = step == 0 ? before : measured.of(weights);
          readings.add(new Reading(asked.kind(), variant, step, values));
        }
      }
    }
  }

  /** Rows of step after step: every row once before any comes again. */
  private static final class Batches {
    private final int[] order;
    private final int size;
    private int next;

    Batches(int rows, int most, RandomGenerator random) {
      order = RandomStreams.permutation(rows, random);
      size = Math.min(rows, most);
    }

    int[] next() {
      int[] batch = new int[size];
      for (int i = 0; i < size; i++) {
        batch[i] = order[next];
        next = (next + 1) % order.length;
      }
      return batch;
    }
  }
}
