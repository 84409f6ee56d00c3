package io.nepenthe.run;

import io.nepenthe.judge.Judge;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.runstore.OriginalResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The original model of one task and seed: found or trained, and measured. */
final class OriginalRun {
  private final SeedWork work;

  OriginalRun(SeedWork work) {
    this.work = work;
  }

  /** Measures the model at every kept moment of its training, unless that was done before. */
  MeasuredOriginal measured() throws InterruptedException {
    CheckpointStore checkpoints = work.trained(work.plan(null));
    List<Checkpoint> kept = new ArrayList<>();
    for (int passes : work.task().training().checkpoints()) {
      kept.add(checkpoints.find(passes).orElseThrow());
    }
    String id = work.task().id() + "_s" + work.seed();
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
    List<OriginalResult.CurvePoint> curve = new ArrayList<>();
    Judge.Verdict last = null;
    for (Checkpoint each : kept) {
      last = work.measure(each.values(), Optional.empty());
      int passes = each.record().passes();
      curve.add(
          new OriginalResult.CurvePoint(
              passes, each.record().losses().get(passes - 1), last.scores()));
    }
    if (last == null) {
      throw new IllegalStateException("a training keeps at least its last checkpoint");
    }
    return new OriginalResult(
        OriginalResult.SCHEMA,
        id,
        work.task().id(),
        work.seed(),
        work.task().hash(),
        work.dataHash(),
        last(kept).record().weightsHash(),
        work.task().architecture().layout().size(),
        last.scores(),
        last.memorizedRows(),
        curve,
        last(kept).record().seconds(),
        work.provenance());
  }
}
