package io.nepenthe.cli;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointFolder;
import io.nepenthe.plugin.MitigationContext.Trained;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how a model was trained, and so how fine-tuning trains it on. */
final class TrainingOptions {
  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "For methods that train (default: ${DEFAULT-VALUE}).")
  private double learningRate = 1e-3;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "For methods that train (default: ${DEFAULT-VALUE}).")
  private int batchSize = 128;

  /**
   * Returns how a model was trained: as its folder says if that is a checkpoint of ours, else as if
   * its optimizer were fresh. Rows are trained on whole.
   */
  Trained of(Path folder, LanguageModel model) {
    Usage.requireWithin("apply", "--batch-size", batchSize, 1_000_000);
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw Usage.of("apply", "--learning-rate is " + learningRate + ", must be in (0, 1]");
    }
    Optional<Checkpoint> checkpoint = CheckpointFolder.at(folder);
    int passes = checkpoint.map(own -> own.record().passes()).orElse(0);
    return new Trained(
        new TrainingSettings(Math.max(1, passes), batchSize, AdamWSettings.paper(learningRate)),
        model.positions(),
        passes,
        checkpoint.map(Checkpoint::optimizer).orElse(OptimizerState.FRESH));
  }
}
