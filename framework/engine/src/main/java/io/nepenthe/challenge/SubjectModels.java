package io.nepenthe.challenge;

import ai.djl.ndarray.NDManager;
import io.nepenthe.judge.Inference;
import io.nepenthe.judge.JudgedModel;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.TrialResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Has the models that are challenged: those of trainings from the cache, what other methods left as
 * it was kept during the run, or else by running the method again. Either way, weights must be
 * those that were judged.
 */
final class SubjectModels {
  private final KeptWinners kept;
  private final RepeatedMethod methods;
  private final Provenance here;
  private final String device;

  SubjectModels(KeptWinners kept, RepeatedMethod methods, Provenance here, String device) {
    this.kept = kept;
    this.methods = methods;
    this.here = here;
    this.device = device;
  }

  /** Returns a subject, its weights in a sub-manager. */
  Subject subject(RunSeed run, Optional<Winner> subject, NDManager parent)
      throws InterruptedException {
    if (subject.isEmpty()) {
      return new Subject(
          run.place(), run.place().original(parent), Inference.PLAIN, Optional.empty());
    }
    Winner winner = subject.get();
    if (winner.use() != null) {
      Checkpoint trained = run.trained(winner);
      JudgedModel model =
          new JudgedModel(
              run.read(trained.folder(), parent), Inference.gated(trained.positionFactors()));
      requireJudged(run, winner, model);
      return new Subject(run.place(), model.weights(), model.inference(), Optional.empty());
    }
    JudgedModel kept = kept(run, winner, parent).orElse(null);
    JudgedModel model = kept == null ? repeated(run, winner, parent) : kept;
    return new Subject(
        run.place(),
        model.weights(),
        model.inference(),
        winner.plugin().descriptor().editsWhatItIsShown()
            ? Optional.of(
                (rows, forget, manager) ->
                    methods.left(winner, run.training(), run.original(), rows, forget, manager))
            : Optional.empty());
  }

  /** A file that is damaged, or was exchanged, counts as not there. */
  private Optional<JudgedModel> kept(RunSeed run, Winner winner, NDManager parent) {
    Optional<Path> folder = kept.of(winner.trial());
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      JudgedModel model = JudgedModel.read(folder.get(), run.place().task().architecture(), parent);
      if (model.hash().equals(winner.trial().mitigatedHash())) {
        return Optional.of(model);
      }
      model.close();
      return Optional.empty();
    } catch (NepentheException e) {
      return Optional.empty();
    }
  }

  private JudgedModel repeated(RunSeed run, Winner winner, NDManager parent)
      throws InterruptedException {
    JudgedModel left =
        methods
            .left(
                winner,
                run.training(),
                run.original(),
                run.place().data(),
                run.place().memorizedRows(),
                parent)
            .orElseThrow(
                () ->
                    new NepentheException(
                        ErrorCode.RUN_INCOMPLETE,
                        run.label(Optional.of(winner))
                            + ": the method left no model when it was run again."));
    requireJudged(run, winner, left);
    return left;
  }

  private void requireJudged(RunSeed run, Winner winner, JudgedModel model) {
    TrialResult trial = winner.trial();
    if (trial.isExactOn(here, device) && !model.hash().equals(trial.mitigatedHash())) {
      throw new NepentheException(
          ErrorCode.RUN_INCOMPLETE,
          run.label(Optional.of(winner))
              + ": the model that is there, or that the method left when it was run again, is not"
              + " the one that was judged; it is not challenged.");
    }
  }
}
