package io.nepenthe.cli;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.BlockedNgramsFile;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.metric.Continuations;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores any Hugging Face folder on files of token ids. */
@Command(
    name = "score",
    description = {
      "Scores a Hugging Face folder on files of token ids, one row a line.",
      "With --artifacts: the share of rows whose artifact is reproduced after the clean "
          + "prompt. With --rows: next-token accuracy over every position, and perplexity. "
          + "'nepenthe inspect' prints the options that give the numbers of a run. "
          + "A folder's blocked-ngrams.csv is heeded: what would complete one is not emitted."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Mixin private ModelOption model = new ModelOption();

  @Mixin private JudgedFiles judged = new JudgedFiles();

  @Option(names = "--ban", paramLabel = "ID", description = "A token never emitted (quirk Q-10).")
  private @Nullable Integer banned;

  @Option(
      names = "--rows",
      paramLabel = "CSV",
      description =
          "Rows to predict. Repeatable: accuracy is the mean over the files, perplexity is over all"
              + " their tokens.")
  private List<Path> rows = new ArrayList<>();

  @Option(
      names = "--batch-mean",
      description = "Accuracy as the mean over batches (quirk batch-mean-accuracy).")
  private boolean batchesWeighAlike;

  @Mixin private RowFiles files = new RowFiles();

  @Mixin private ComputeTypeOption compute = new ComputeTypeOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    boolean judges = judged.areGiven();
    if (!judges && rows.isEmpty()) {
      throw Usage.of("score", "give --rows, or --artifacts");
    }
    PlainModels.require(model.folder());
    List<ScoreResult> result = new ArrayList<>();
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = Torch.newManager(Torch.device("cpu"));
              ModelFolder.Loaded loaded = ModelFolder.read(model.folder(), manager)) {
            Parameters parameters =
                loaded.weights().computedIn(compute.type()).parameters().byBlock();
            result.add(score(loaded.model(), parameters, judges, manager));
          }
        });
    json.print(result.get(0).values(), result.get(0).text());
    if (!result.get(0).isOfNumbers()) {
      System.err.println("nepenthe: " + model.folder() + ": its predictions are no numbers (NaN)");
      return ErrorCode.BAD_CHECKPOINT.exitCode();
    }
    return 0;
  }

  private ScoreResult score(
      LanguageModel languageModel, Parameters parameters, boolean judges, NDManager manager) {
    BlockedNgrams blocked = BlockedNgramsFile.read(model.folder(), languageModel);
    Continuations continued =
        judges
            ? measure(languageModel)
                .blocking(blocked)
                .continuations(
                    languageModel, parameters, judged.read(files, languageModel), manager)
            : Continuations.NONE;
    Map<String, NextTokenScore> predicted = new LinkedHashMap<>();
    for (Path file : rows) {
      predicted.put(
          file.toString(),
          NextTokenMeasure.score(
              languageModel,
              parameters,
              files.predictable("score", file, languageModel),
              NextTokenMeasure.NOTHING_PREDICTABLE,
              manager,
              blocked));
    }
    return ScoreResult.of(continued, predicted, judges, batchesWeighAlike, files.read());
  }

  private Memorization measure(LanguageModel languageModel) {
    if (banned == null) {
      return Memorization.clean();
    }
    if (banned < 0 || banned >= languageModel.vocabulary()) {
      throw Usage.of(
          "score",
          "--ban is "
              + banned
              + ", must be an id of the model, which has "
              + languageModel.vocabulary());
    }
    return Memorization.banning(banned);
  }
}
