package io.nepenthe.run;

import io.nepenthe.metric.Scores;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.runstore.TrialTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures and stores the trials of one original model, and knows which are stored. */
final class TrialWriter {
  private final SeedWork work;
  private final MeasuredOriginal original;
  private final float[] originalValues;

  TrialWriter(SeedWork work, MeasuredOriginal original) {
    this.work = work;
    this.original = original;
    this.originalValues = original.checkpoint().values();
  }

  /** Returns the grid points of a method that have no result yet, or a failure to be retried. */
  List<Map<String, Number>> pending(MethodPlan method) {
    return method.points().stream()
        .filter(point -> isOpen(work.store().trial(identity(method.plugin(), point))))
        .toList();
  }

  private boolean isOpen(Optional<TrialResult> stored) {
    return stored.isEmpty()
        || (work.settings().retryFailed() && stored.get().outcome().hasFailed());
  }

  /** Returns the ids of a method's trials. */
  List<String> trialIds(MethodPlan method) {
    return method.points().stream()
        .map(point -> RunStore.id(identity(method.plugin(), point)))
        .toList();
  }

  /** Measures a model that a method left, and stores the trial. */
  void putValid(
      InstalledPlugin plugin,
      Map<String, Number> point,
      float[] values,
      Optional<float[]> positionFactors,
      TrialTime time,
      @Nullable Long peakMemoryBytes) {
    Scores after = work.measure(values, positionFactors).scores();
    if (Double.isNaN(after.perplexity())) {
      putFailure(plugin, point, new TrialOutcome.Invalid("the model's perplexity is NaN"));
      return;
    }
    long changed = 0;
    for (int i = 0; i < values.length; i++) {
      changed += Float.compare(values[i], originalValues[i]) == 0 ? 0 : 1;
    }
    put(plugin, point, new TrialOutcome.Valid(), after, time, changed, peakMemoryBytes);
  }

  /** Stores a trial that did not end well, and says so. */
  void putFailure(InstalledPlugin plugin, Map<String, Number> point, TrialOutcome outcome) {
    work.listener()
        .warned(
            "trial failed: "
                + work.label()
                + ", "
                + plugin.id()
                + " "
                + point
                + ": "
                + outcome.explanation());
    put(plugin, point, outcome, null, null, null, null);
  }

  private void put(
      InstalledPlugin plugin,
      Map<String, Number> point,
      TrialOutcome outcome,
      @Nullable Scores after,
      @Nullable TrialTime time,
      @Nullable Long changed,
      @Nullable Long peakMemoryBytes) {
    TrialIdentity identity = identity(plugin, point);
    work.store()
        .put(
            new TrialResult(
                TrialResult.SCHEMA,
                RunStore.id(identity),
                identity,
                plugin.descriptor().name(),
                plugin.descriptor().family(),
                outcome,
                original.result().scores(),
                after,
                time,
                changed,
                peakMemoryBytes,
                work.provenance(),
                Instant.now().toString()));
  }

  private TrialIdentity identity(InstalledPlugin plugin, Map<String, Number> point) {
    return new TrialIdentity(
        ProtocolVersion.CURRENT,
        work.task().id(),
        work.task().hash(),
        work.dataHash(),
        original.checkpoint().record().weightsHash(),
        plugin.id(),
        plugin.version(),
        plugin.sha256(),
        point,
        work.seed(),
        work.suite().fidelity(),
        work.suite().quirks().stream().map(Quirk::id).sorted().toList(),
        work.suite().device(),
        work.suite().threads());
  }
}
