package io.nepenthe.run;

import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.judge.Inference;
import io.nepenthe.judge.Judge;
import io.nepenthe.judge.JudgedModel;
import io.nepenthe.model.Weights;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.ChangedControl;
import io.nepenthe.runstore.OriginalResult.CurvePoint;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures and stores the trials of one original model, and knows which are stored. */
final class TrialWriter {
  private final SeedWork work;
  private final MeasuredOriginal original;

  TrialWriter(SeedWork work, MeasuredOriginal original) {
    this.work = work;
    this.original = original;
  }

  /** Returns true if a grid point has no result yet, or a failure to be retried. */
  boolean isPending(InstalledPlugin plugin, Map<String, Number> point) {
    return isOpen(work.store().trial(identity(plugin, point)));
  }

  private boolean isOpen(Optional<TrialResult> stored) {
    return stored.filter(trial -> trial.isOf(original.result())).isEmpty()
        || (work.settings().retryFailed() && stored.get().outcome().hasFailed());
  }

  /**
   * What is known of a model that a method left.
   *
   * @param inference what belongs to it in use beside its weights
   * @param time what the method took
   * @param curve scores over training before the end; empty unless it took part in one
   * @param peakMemoryBytes largest resident memory of the worker; null if unknown
   * @param peakDeviceMemoryBytes largest memory in use on the GPU; null if unknown
   */
  record Mitigated(
      Inference inference,
      TrialTime time,
      List<CurvePoint> curve,
      @Nullable Long peakMemoryBytes,
      @Nullable Long peakDeviceMemoryBytes) {
    static Mitigated of(WorkerAnswer.Mitigated answer, Inference inference) {
      return new Mitigated(
          inference,
          answer.time(),
          List.of(),
          answer.peakMemoryBytes(),
          answer.peakDeviceMemoryBytes());
    }
  }

  private record Left(long changedEntries, String hash) {}

  /** Measures the model that a method left, and stores the trial, which is returned if valid. */
  Optional<TrialResult> putValid(
      InstalledPlugin plugin, Map<String, Number> point, Weights weights, Mitigated mitigated) {
    requireUnchangedOriginal();
    Map<String, Long> changed = changedEntries(weights);
    Optional<String> forbidden = plugin.descriptor().forbidden(changed, work.task().architecture());
    if (forbidden.isPresent()) {
      putFailure(plugin, point, new TrialOutcome.Invalid(forbidden.get()));
      return Optional.empty();
    }
    Judge.Verdict verdict = work.measure(weights, mitigated.inference());
    if (Double.isNaN(verdict.scores().perplexity())) {
      putFailure(plugin, point, new TrialOutcome.Invalid("the model's perplexity is NaN"));
      return Optional.empty();
    }
    Left left =
        new Left(
            changed.values().stream().mapToLong(Long::longValue).sum(),
            new JudgedModel(weights, mitigated.inference()).hash());
    if (plugin.descriptor().leavesTheModel() && left.changedEntries() > 0) {
      throw ChangedControl.of(work.label() + ", " + plugin.id(), left.changedEntries());
    }
    return Optional.of(put(plugin, point, new TrialOutcome.Valid(), mitigated, left, verdict));
  }

  /** Stops the work on an original model that is no longer the one that was measured. */
  void requireUnchangedOriginal() {
    if (!original.checkpoint().isUnchanged()) {
      work.withdraw(original.checkpoint());
      throw new NepentheException(
          ErrorCode.RUN_INCOMPLETE,
          "%s: the original model in %s was changed while the run went on, maybe by a method. Nothing that was stored is of the changed one. The same command goes on, with a model trained anew."
              .formatted(work.label(), original.checkpoint().folder()));
    }
  }

  /** Stores a trial that did not end well, and says so. */
  void putFailure(InstalledPlugin plugin, Map<String, Number> point, TrialOutcome outcome) {
    work.requireNotInterrupted();
    work.listener()
        .warned(
            (outcome.hasFailed() ? "trial failed: " : "not applicable: ")
                + work.label()
                + ", "
                + plugin.id()
                + " "
                + point
                + ": "
                + outcome.explanation());
    put(plugin, point, outcome, null, null, null);
  }

  private TrialResult put(
      InstalledPlugin plugin,
      Map<String, Number> point,
      TrialOutcome outcome,
      @Nullable Mitigated mitigated,
      @Nullable Left left,
      Judge.@Nullable Verdict after) {
    TrialIdentity identity = identity(plugin, point);
    TrialResult trial =
        new TrialResult(
            TrialResult.SCHEMA,
            RunStore.id(identity),
            identity,
            plugin.descriptor().name(),
            plugin.descriptor().family(),
            outcome,
            original.result().scores(),
            after == null ? null : after.scores(),
            original.result().split(),
            after == null ? null : after.split(),
            mitigated == null ? null : mitigated.time(),
            left == null ? null : left.changedEntries(),
            left == null ? null : left.hash(),
            mitigated == null ? null : blocked(mitigated.inference().blocked()),
            mitigated == null ? List.of() : mitigated.curve(),
            mitigated == null ? null : mitigated.peakMemoryBytes(),
            mitigated == null ? null : mitigated.peakDeviceMemoryBytes(),
            work.provenance(),
            Instant.now().toString());
    work.store().put(trial);
    return trial;
  }

  private static @Nullable Integer blocked(BlockedNgrams ngrams) {
    return ngrams.isEmpty() ? null : ngrams.size();
  }

  /** Returns how many entries differ from the original model's, by tensor. */
  private Map<String, Long> changedEntries(Weights weights) {
    Map<String, Long> changed = new LinkedHashMap<>();
    original
        .checkpoint()
        .read(
            (from, values) ->
                changed.merge(
                    weights.layout().at(from).name(),
                    weights.countDifferent(from, values),
                    Long::sum));
    return changed;
  }

  private TrialIdentity identity(InstalledPlugin plugin, Map<String, Number> point) {
    return TrialIdentity.of(
            work.suite(),
            work.task().id(),
            work.task().hash(),
            work.seed(),
            plugin.id(),
            plugin.version(),
            plugin.sha256(),
            point)
        .on(work.dataHash(), original.checkpoint().record().weightsHash());
  }
}
