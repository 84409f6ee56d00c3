package io.nepenthe.worker;

import io.nepenthe.data.TaskData;
import io.nepenthe.model.CountedModel;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import java.io.IOException;
import java.nio.file.Path;
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
    Checkpoint checkpoint = Checkpoint.opened(Path.of(job.checkpoint()));
    Set<Quirk> quirks = job.plan().quirks();
    TaskData data = job.plan().task().build(job.plan().seed(), quirks);
    return new Original(
        checkpoint.folder(),
        checkpoint.model(),
        NeededRows.afterTraining(
            needs,
            data,
            job.plan().task().window(),
            quirks,
            job.forgetRows().stream().mapToInt(Integer::intValue).toArray()),
        new MitigationContext.Trained(
            job.plan().task().furtherTraining().orElse(null),
            data.trainedLength(quirks),
            checkpoint.record().passes(),
            checkpoint.optimizer()),
        quirks,
        job.plan().seed(),
        job.plan().device());
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
