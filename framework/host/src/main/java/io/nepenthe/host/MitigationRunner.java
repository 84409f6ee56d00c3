package io.nepenthe.host;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.machine.DeviceShortage;
import io.nepenthe.model.CountedModel;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.RowsAtOnce;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a method on an original model: the one place where a method is timed and its work counted,
 * used by sweeps, by JMH and by the command {@code apply} alike. Loading and saving are left out;
 * the device is synchronised before each reading of the clock.
 */
public final class MitigationRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MitigationRunner.class);

  private final NDManager manager;
  private final Weights weights;
  private final Weights edited;
  private final CountedModel model;
  private final MitigationContext context;
  private final RowsAtOnce rows = new RowsAtOnce();
  private double busySeconds;

  /** What becomes of each grid point. */
  public interface Receiver {
    /** What the points share is done, and took so long. */
    default void localized(double seconds) {}

    /**
     * The edited weights of a point are ready; they change when this returns.
     *
     * @param blocked what decoding must not complete where they are used
     */
    void mitigated(int point, Weights weights, BlockedNgrams blocked, TrialTime time)
        throws IOException;

    /** A point failed. */
    void failed(int point, Throwable cause);
  }

  /**
   * Loads the original model, and keeps it where nothing a method is given leads to: managers know
   * their parents and children, and all have one ancestor.
   */
  public MitigationRunner(Original original, Progress progress) {
    this.manager = Torch.newManager(Torch.device(original.device()));
    this.edited =
        ModelFolder.mapWeights(original.folder(), original.model(), manager)
            .computedIn(original.computeType());
    this.weights = edited.copyOfUnedited(manager).detached();
    this.model = new CountedModel(original.model());
    this.context = original.context(model, edited, progress, rows);
  }

  /** Returns the original weights, which no method sees; they belong to this. */
  public Weights original() {
    return weights;
  }

  /** Returns how long the method's own code has run so far, shared work counted once. */
  double busySeconds() {
    return busySeconds;
  }

  /**
   * Runs a method at every point; a failing point does not stop the others, a failing localization
   * does.
   */
  public void run(MitigationMethod<?> method, List<Map<String, Number>> points, Receiver receiver)
      throws IOException {
    runTyped(method, points, receiver);
  }

  private <P extends Record> void runTyped(
      MitigationMethod<P> typed, List<Map<String, Number>> points, Receiver receiver)
      throws IOException {
    Map<Integer, P> bound = new LinkedHashMap<>();
    for (int i = 0; i < points.size(); i++) {
      bound.put(i, Hyperparameters.bind(typed.hyperparameters(), points.get(i)));
    }
    if (typed instanceof LocalizedUnlearning<P, ?> localized) {
      runLocalized(localized, bound, receiver);
      return;
    }
    for (Map.Entry<Integer, P> point : bound.entrySet()) {
      measured(
          point.getKey(),
          receiver,
          null,
          () -> {
            if (typed instanceof Unlearning<P> unlearning) {
              unlearning.mitigate(point.getValue(), context);
              return unlearning.blockedNgrams(point.getValue(), context);
            }
            if (typed instanceof FineTuning<P> fineTuning) {
              fineTuning.fineTune(point.getValue(), context);
              return BlockedNgrams.NONE;
            }
            throw new IllegalStateException("a regularizer runs in training, not after it");
          },
          () -> {});
    }
  }

  private <P extends Record, L> void runLocalized(
      LocalizedUnlearning<P, L> typed, Map<Integer, P> points, Receiver receiver)
      throws IOException {
    MeteredLocalizations<P, L> found = localized(typed, List.copyOf(points.values()));
    forgetInterrupt();
    double seconds = found.end().seconds();
    busySeconds += seconds;
    receiver.localized(seconds);
    try {
      edit(typed, points, found, receiver);
    } finally {
      found.release();
    }
  }

  private <P extends Record, L> MeteredLocalizations<P, L> localized(
      LocalizedUnlearning<P, L> typed, List<P> points) {
    while (true) {
      edited.setToUnedited(weights);
      MeteredLocalizations<P, L> found =
          new MeteredLocalizations<>(points, StepMeter.start(edited, model));
      try {
        typed.localize(points, context, found);
        return found;
      } catch (RuntimeException e) {
        found.release();
        requireFewerRowsHelp(e);
      }
    }
  }

  private <P extends Record, L> void edit(
      LocalizedUnlearning<P, L> typed,
      Map<Integer, P> points,
      MeteredLocalizations<P, L> found,
      Receiver receiver)
      throws IOException {
    for (Map.Entry<Integer, P> point : points.entrySet()) {
      Optional<MeteredLocalizations.Metered<L>> localized = found.get(point.getValue());
      if (localized.isEmpty()) {
        receiver.failed(
            point.getKey(),
            new IllegalStateException("localize found nothing for " + point.getValue()));
        continue;
      }
      measured(
          point.getKey(),
          receiver,
          localized.get().use(),
          () -> {
            typed.edit(localized.get().localization(), point.getValue(), context);
            return typed.blockedNgrams(point.getValue(), context);
          },
          () -> found.edited(point.getValue()));
    }
  }

  /** Runs a step on the unedited model, and what follows it once the clock has stopped. */
  private void measured(
      int point,
      Receiver receiver,
      StepMeter.@Nullable Use localized,
      Supplier<BlockedNgrams> step,
      Runnable afterwards)
      throws IOException {
    Done done;
    try {
      done = done(step);
      busySeconds += done.use.seconds();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) { // whatever a method throws is its result at this point
      receiver.failed(point, e);
      return;
    } finally {
      forgetInterrupt();
      afterwards.run();
    }
    edited.roundTo(weights); // a method that trains has widened them
    receiver.mitigated(point, edited, done.blocked, time(localized, done.use));
  }

  /** What a step has used, and what it says must not be completed. */
  private record Done(StepMeter.Use use, BlockedNgrams blocked) {}

  /** Runs a step of the method, again with fewer rows at once where a GPU has too little memory. */
  private Done done(Supplier<BlockedNgrams> step) {
    while (true) {
      edited.setToUnedited(weights);
      StepMeter meter = StepMeter.start(edited, model);
      try {
        BlockedNgrams blocked = Objects.requireNonNull(step.get(), "blockedNgrams returned null");
        return new Done(meter.use(), blocked);
      } catch (RuntimeException e) {
        requireFewerRowsHelp(e);
      }
    }
  }

  private void requireFewerRowsHelp(RuntimeException thrown) {
    Optional<String> shortage = DeviceShortage.words(thrown);
    if (shortage.isEmpty() || !rows.halve()) {
      throw thrown;
    }
    LOG.warn("{}; again with half as many rows at once", shortage.get());
  }

  /** An interrupt that a method leaves to its thread would end the writing of its own result. */
  private static void forgetInterrupt() {
    Thread.interrupted();
  }

  private static TrialTime time(StepMeter.@Nullable Use localized, StepMeter.Use edited) {
    if (localized == null) {
      return new TrialTime(edited.seconds(), null, null, edited.cost());
    }
    StepMeter.Use whole = localized.plus(edited);
    return new TrialTime(whole.seconds(), localized.seconds(), edited.seconds(), whole.cost());
  }

  @Override
  public void close() {
    weights.close();
    manager.close();
  }
}
