package io.nepenthe.original;

import ai.djl.ndarray.NDManager;
import io.nepenthe.files.FileLocks;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.PositionGatedModel;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model, or resumes an interrupted training: the weights at the end are the same bits
 * either way.
 */
public final class TrainingJob {
  private static final double SECONDS_BETWEEN_SAVES = 30;

  private final TrainingOrder order;
  private final Supplier<TrainingSetup> preparing;
  private final CheckpointStore store;
  private final Progress progress;
  private final Consumer<String> preparations;
  private final LanguageModel model;
  private final TrainingSettings settings;
  private final List<Double> losses = new ArrayList<>();
  private double seconds;
  private int resumePoint = -1;
  private TrainingSetup setup;

  /** Prepares a training in the given cache. */
  public TrainingJob(TrainingOrder order, TrainingSetup setup, Path cache, Progress progress) {
    this(order, () -> setup, cache, progress, line -> {});
  }

  /**
   * Prepares a training in the given cache.
   *
   * @param setup called when no other process trains the same model any more, unless that one did
   * @param preparations told, now and then, what it waits for before it trains
   */
  public TrainingJob(
      TrainingOrder order,
      Supplier<TrainingSetup> setup,
      Path cache,
      Progress progress,
      Consumer<String> preparations) {
    this.preparations = preparations;
    this.order = order;
    this.preparing = setup;
    this.store = new CheckpointStore(cache, order.name());
    this.progress = progress;
    this.model = order.model();
    this.settings = order.settings();
  }

  /** Trains until every checkpoint is there; does nothing if they are. */
  public void run() {
    try {
      Files.createDirectories(store.folder());
      Path lockFile = store.folder().resolve("lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = FileLocks.await(channel, () -> waits(lockFile))) {
        store.removeParts();
        if (missing()) {
          train();
        }
        lock.isValid();
      }
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write checkpoints to "
              + store.folder()
              + " ("
              + e
              + "). Free space or set NEPENTHE_HOME to a writable folder.",
          e);
    }
  }

  private void waits(Path lockFile) {
    preparations.accept(
        "waiting for another process that trains the same model (it holds " + lockFile + ")");
  }

  private boolean missing() {
    return order.checkpoints().stream().anyMatch(passes -> store.find(passes).isEmpty());
  }

  private void train() throws IOException {
    setup = preparing.get();
    Optional<Checkpoint> start = startingPoint();
    try (NDManager manager = Torch.newManager(Torch.device(order.device()));
        Weights weights = Weights.of(model.layout(), manager, startingValues(start));
        Training training = training(weights, start)) {
      start.flatMap(from -> from.resumeState().hook()).ifPresent(setup.hook()::restore);
      int passes = start.map(checkpoint -> checkpoint.record().passes()).orElse(0);
      start.ifPresent(
          checkpoint -> {
            losses.addAll(checkpoint.record().losses());
            seconds = checkpoint.record().seconds();
          });
      progress.update(passes, settings.passes());
      long saved = System.nanoTime();
      while (passes < settings.passes()) {
        long before = System.nanoTime();
        losses.add(training.pass(passes));
        seconds += (System.nanoTime() - before) / 1e9;
        passes++;
        requireFiniteLoss(passes);
        progress.update(passes, settings.passes());
        boolean kept = order.checkpoints().contains(passes);
        if (kept || (System.nanoTime() - saved) / 1e9 > SECONDS_BETWEEN_SAVES) {
          save(training, weights, passes, kept);
          saved = System.nanoTime();
        }
      }
    }
  }

  /** The newest checkpoint before the first missing one. */
  private Optional<Checkpoint> startingPoint() {
    Optional<Checkpoint> newest = store.newest();
    if (newest.isEmpty()) {
      return newest;
    }
    int firstMissing =
        order.checkpoints().stream()
            .filter(passes -> store.find(passes).isEmpty())
            .findFirst()
            .orElseThrow();
    if (newest.get().record().passes() < firstMissing) {
      resumePoint =
          order.checkpoints().contains(newest.get().record().passes())
              ? -1
              : newest.get().record().passes();
      return newest;
    }
    return order.checkpoints().stream()
        .filter(passes -> passes < firstMissing)
        .reduce((a, b) -> b)
        .flatMap(store::find);
  }

  private float[] startingValues(Optional<Checkpoint> start) {
    return start
        .map(Checkpoint::trainedValues)
        .orElseGet(() -> TrainingOrder.initialValues(model, order.streams()));
  }

  private Training training(Weights weights, Optional<Checkpoint> start) {
    return new Training(
        model,
        weights,
        setup.rows(),
        setup.length(),
        settings,
        setup.hook(),
        order.streams(),
        start.map(Checkpoint::optimizer).orElse(OptimizerState.FRESH));
  }

  private void save(Training training, Weights weights, int passes, boolean kept)
      throws IOException {
    float[] trained = weights.toFloats();
    float[] used = folded(weights);
    requireFinite("a trained weight", passes, trained);
    requireFinite("a weight handed over", passes, used);
    OptimizerState optimizer = training.optimizerState();
    boolean last = passes == settings.passes();
    store.save(
        model,
        order.ids(),
        used,
        new ResumeState(
            optimizer,
            setup.hook().state(),
            Arrays.equals(trained, used) ? Optional.empty() : Optional.of(trained)),
        new CheckpointRecord(
            order.name().label(),
            passes,
            optimizer.steps(),
            losses,
            seconds,
            last ? extraSeconds(weights) : null,
            setup.ownRows() ? setup.rows().rows() : null,
            positionFactors(),
            null,
            Map.of()));
    if (resumePoint >= 0) {
      store.discard(resumePoint);
    }
    resumePoint = kept ? -1 : passes;
  }

  private void requireFiniteLoss(int passes) {
    double loss = losses.get(passes - 1);
    if (!Double.isFinite(loss)) {
      throw diverged("the loss", loss, passes);
    }
  }

  private void requireFinite(String what, int passes, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw diverged(what, value, passes);
      }
    }
  }

  private NepentheException diverged(String what, double value, int passes) {
    RegularizerUse use = order.regularizer();
    return new NepentheException(
        ErrorCode.RUN_INCOMPLETE,
        "training of "
            + order.name().label()
            + " diverged: after pass "
            + passes
            + " of "
            + settings.passes()
            + " "
            + what
            + " is "
            + value
            + ". Lower training.learningRate of task "
            + order.name().task()
            + (use == null ? "." : ", or try other values than " + use.hyperparameters() + "."));
  }

  /** The weights with what the hook does to a model in use. */
  private float[] folded(Weights weights) {
    try (Weights copy = weights.copy()) {
      Torch.withGradients(false, () -> setup.hook().fold(model, copy));
      return copy.toFloats();
    }
  }

  private @Nullable List<Double> positionFactors() {
    return setup.hook().positionFactors().map(this::fitting).orElse(null);
  }

  private List<Double> fitting(float[] factors) {
    PositionGatedModel.requireFitting(model, factors);
    return IntStream.range(0, factors.length).mapToObj(i -> (double) factors[i]).toList();
  }

  /** A method that trains on rows of its own costs a training; any other, what it adds to one. */
  private @Nullable Double extraSeconds(Weights weights) {
    if (order.regularizer() == null) {
      return null;
    }
    if (setup.ownRows()) {
      return seconds;
    }
    try (ExtraTime extra = new ExtraTime(model, weights, settings, setup)) {
      return extra.ofWholeTraining();
    }
  }
}
