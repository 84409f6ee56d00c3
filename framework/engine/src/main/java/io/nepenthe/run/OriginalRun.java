package io.nepenthe.run;

import io.nepenthe.judge.Judge;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.OriginalResult.CurvePoint;
import java.util.List;
import java.util.Optional;

/** The original model of one task and seed: found or trained, and measured. */
final class OriginalRun {
  private final SeedWork work;
  private final TrainingRun training;

  OriginalRun(SeedWork work) {
    this.work = work;
    this.training = TrainingRun.plain(work);
  }

  /** Trains the model, unless that was done before, or elsewhere. */
  void train() throws InterruptedException {
    if (!work.task().isGiven()) {
      training.complete();
    }
  }

  /** Returns true if the model is in the cache, or was given. */
  boolean isThere() {
    return work.task().isGiven() || training.isThere();
  }

  /**
   * Measures the trained model at every kept moment of its training up to the one that is
   * mitigated, unless that was done before.
   */
  MeasuredOriginal measured() {
    List<Checkpoint> kept = work.given().map(List::of).orElseGet(training::kept);
    String id = OriginalResult.id(work.task().id(), work.seed());
    Optional<OriginalResult> stored = stored(id, last(kept));
    if (stored.isPresent()) {
      return new MeasuredOriginal(last(kept), stored.get());
    }
    OriginalResult result = measured(id, kept);
    work.store().put(result);
    return new MeasuredOriginal(last(kept), result);
  }

  private Optional<OriginalResult> stored(String id, Checkpoint checkpoint) {
    return work.store()
        .original(id)
        .filter(stored -> stored.taskHash().equals(work.task().hash()))
        .filter(stored -> stored.dataHash().equals(work.dataHash()))
        .filter(stored -> stored.checkpointHash().equals(checkpoint.record().weightsHash()));
  }

  private static Checkpoint last(List<Checkpoint> kept) {
    return kept.get(kept.size() - 1);
  }

  private OriginalResult measured(String id, List<Checkpoint> kept) {
    Checkpoint last = last(kept);
    Judge.Verdict verdict = work.measure(last);
    List<CurvePoint> curve = work.curve(kept.subList(0, kept.size() - 1));
    if (!work.task().isGiven()) {
      curve.add(SeedWork.point(last, verdict.scores()));
    }
    return new OriginalResult(
        OriginalResult.SCHEMA,
        id,
        work.task().id(),
        work.seed(),
        work.task().hash(),
        work.dataHash(),
        last.record().weightsHash(),
        work.task().architecture().layout().size(),
        verdict.scores(),
        verdict.split(),
        verdict.memorizedRows(),
        curve,
        last.record().seconds(),
        work.provenance());
  }
}
