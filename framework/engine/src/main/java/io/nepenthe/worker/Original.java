package io.nepenthe.worker;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.TaskData;
import io.nepenthe.model.CountedModel;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

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
 */
public record Original(
    Path folder,
    LanguageModel model,
    Given given,
    MitigationContext.Trained trained,
    Set<Quirk> quirks,
    long seed,
    String device) {
  /** Copies the set. */
  public Original {
    quirks = Set.copyOf(quirks);
  }

  /** Returns the original model of a suite's task and seed, with the data a method needs. */
  public static Original of(WorkerRequest.MitigationJob job, Set<Need> needs) throws IOException {
    Checkpoint checkpoint = Checkpoint.opened(Path.of(job.checkpoint()), job.fingerprint());
    Set<Quirk> quirks = job.plan().quirks();
    TaskData data = job.plan().task().build(job.plan().seed(), quirks);
    return new Original(
        checkpoint.folder(),
        checkpoint.model(),
        models(
            needs,
            job,
            NeededRows.afterTraining(
                needs,
                data,
                job.plan(),
                job.forgetRows().stream().mapToInt(Integer::intValue).toArray())),
        new MitigationContext.Trained(
            job.plan().task().furtherTraining().orElse(null),
            data.trainedLength(quirks),
            checkpoint.record().passes(),
            checkpoint.optimizer()),
        quirks,
        job.plan().seed(),
        job.plan().device());
  }

  private static Given models(Set<Need> needs, WorkerRequest.MitigationJob job, Given rows) {
    Given given = rows;
    if (needs.contains(Need.INITIAL_WEIGHTS) && !job.plan().task().isGiven()) {
      given = given.with(Need.INITIAL_WEIGHTS, manager -> initial(job.plan(), manager));
    }
    for (Map.Entry<Integer, String> earlier : job.earlier().entrySet()) {
      Path folder = Path.of(earlier.getValue());
      LanguageModel model = job.plan().task().architecture();
      given =
          given.with(
              Need.checkpoint(earlier.getKey()),
              manager -> ModelFolder.readWeights(folder, model, manager));
    }
    return given;
  }

  private static Weights initial(TrainingPlan plan, NDManager manager) {
    LanguageModel model = plan.task().architecture();
    RandomGenerator stream = new RandomStreams(plan.seed()).stream(TrainingPlan.INITIALISATION);
    return Weights.of(model.layout(), manager, model.initialValues(stream));
  }

  /**
   * Returns what a method may use.
   *
   * @param counted this model, which counts what is asked of it
   */
  MitigationContext context(CountedModel counted, Weights weights, Progress progress) {
    return new MitigationContext(
        counted, weights, given, trained, quirks, new RandomStreams(seed), progress);
  }
}
