package io.nepenthe.host;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.exchange.HandedRows;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.model.CountedModel;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.TrainingOrder;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.RowsAtOnce;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A model before mitigation, and everything a method may know of it.
 *
 * @param folder where the model lies, Hugging Face style
 * @param model its architecture
 * @param given what the method asks for, and nothing else
 * @param trained what training left behind
 * @param quirks the reference's defects to reproduce
 * @param seed where the method's randomness comes from
 * @param device "cpu", "gpu", "gpu1", ...
 * @param computeType what products with its matrices are computed in
 */
public record Original(
    Path folder,
    LanguageModel model,
    Given given,
    MitigationContext.Trained trained,
    Set<Quirk> quirks,
    long seed,
    String device,
    FloatType computeType) {
  /** Copies the set. */
  public Original {
    quirks = Set.copyOf(quirks);
  }

  /** Returns the original model of a suite's task and seed, with the data a method needs. */
  public static Original of(WorkerRequest.MitigationJob job, Set<Need> needs) throws IOException {
    Checkpoint checkpoint = Checkpoint.opened(Path.of(job.checkpoint()), job.fingerprint());
    LanguageModel model = checkpoint.model();
    HandedRows rows = job.rows().read();
    return new Original(
        checkpoint.folder(),
        model,
        models(needs, job, model, rows.given()),
        new MitigationContext.Trained(
            job.settings(), rows.length(), checkpoint.record().passes(), checkpoint.optimizer()),
        job.quirks(),
        job.seed(),
        job.device(),
        job.computeType());
  }

  private static Given models(
      Set<Need> needs, WorkerRequest.MitigationJob job, LanguageModel model, Given rows) {
    Given given = rows;
    if (needs.contains(Need.INITIAL_WEIGHTS) && job.trainedHere()) {
      given =
          given.with(
              Need.INITIAL_WEIGHTS,
              manager -> initial(model, job.seed(), manager).computedIn(job.computeType()));
    }
    for (Map.Entry<Integer, String> earlier : job.earlier().entrySet()) {
      Path folder = Path.of(earlier.getValue());
      given =
          given.with(
              Need.checkpoint(earlier.getKey()),
              manager ->
                  ModelFolder.mapWeights(folder, model, manager).computedIn(job.computeType()));
    }
    return given;
  }

  private static Weights initial(LanguageModel model, long seed, NDManager manager) {
    return Weights.of(
        model.layout(), manager, TrainingOrder.initialValues(model, new RandomStreams(seed)));
  }

  /**
   * Returns what a method may use.
   *
   * @param counted this model, which counts what is asked of it
   */
  MitigationContext context(
      CountedModel counted, Weights weights, Progress progress, RowsAtOnce rows) {
    return new MitigationContext(
        counted, weights, given, trained, quirks, new RandomStreams(seed), progress, rows);
  }
}
