package io.nepenthe.cli;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.ArtifactRows;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.metric.Continuations;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.metric.Observations;
import io.nepenthe.metric.Scores;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Torch;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores any Hugging Face folder on files of token ids. */
@Command(
    name = "score",
    description = {
      "Scores a Hugging Face folder on files of token ids, one row a line.",
      "With --artifacts: the share of rows whose artifact is reproduced after the clean prompt.",
      "With --rows: next-token accuracy over every position, and perplexity."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "DIR", required = true, description = "Model folder.")
  private Path model = Path.of(".");

  @Option(names = "--artifacts", paramLabel = "CSV", description = "Rows with artifacts.")
  private @Nullable Path artifacts;

  @Option(
      names = "--twins",
      paramLabel = "CSV",
      description = "The same rows without their artifacts.")
  private @Nullable Path twins;

  @Option(names = "--prompt", paramLabel = "N", description = "Tokens of the prompt.")
  private @Nullable Integer prompt;

  @Option(names = "--compare", paramLabel = "K", description = "Tokens compared after them.")
  private @Nullable Integer compare;

  @Option(
      names = "--windows",
      paramLabel = "CSV",
      description = "Prompt and compare of each row, instead of --prompt and --compare.")
  private @Nullable Path windows;

  @Option(names = "--ban", paramLabel = "ID", description = "A token never emitted (quirk Q-10).")
  private int banned = -1;

  @Option(names = "--rows", paramLabel = "CSV", description = "Rows to predict.")
  private @Nullable Path rows;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    if (artifacts == null && rows == null) {
      throw Usage.of("score", "give --rows, or --artifacts with --twins");
    }
    if (artifacts != null
        && (twins == null || (windows == null && (prompt == null || compare == null)))) {
      throw Usage.of(
          "score", "--artifacts needs --twins, and --prompt with --compare (or --windows)");
    }
    PlainModels.require(model);
    Map<String, Object> scores = new LinkedHashMap<>();
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = Torch.newManager(Torch.device("cpu"));
              ModelFolder.Loaded loaded = ModelFolder.read(model, manager)) {
            Parameters parameters = loaded.weights().parameters();
            if (artifacts != null && twins != null) {
              memorization(loaded.model(), parameters, artifacts, twins, manager, scores);
            }
            if (rows != null) {
              prediction(loaded.model(), parameters, rows, manager, scores);
            }
          }
        });
    json.print(
        scores,
        scores.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining()));
    return 0;
  }

  private void memorization(
      LanguageModel languageModel,
      Parameters parameters,
      Path artifactFile,
      Path twinFile,
      NDManager manager,
      Map<String, Object> scores) {
    Sequences planted = RowFiles.fitting(artifactFile, languageModel);
    Sequences clean = RowFiles.fitting(twinFile, languageModel);
    if (planted.rows() != clean.rows() || planted.length() != clean.length()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          artifactFile
              + " has "
              + planted
              + ", "
              + twinFile
              + " has "
              + clean
              + "; give the twin of every artifact, row by row.");
    }
    ArtifactRows data = ArtifactRows.of(planted, clean, windows(planted));
    Memorization measure = banned < 0 ? Memorization.clean() : Memorization.banning(banned);
    Continuations continued = measure.continuations(languageModel, parameters, data, manager);
    scores.put("memorized", continued.reproduced().memorized());
    scores.put("eligible", continued.reproduced().eligible());
    scores.putAll(metrics(new Observations(continued, Map.of(), false)));
  }

  private static Map<String, Double> metrics(Observations seen) {
    return Scores.of(seen, metric -> true).metrics().byId();
  }

  private List<Window> windows(Sequences planted) {
    List<Window> all;
    if (windows == null) {
      if (prompt == null || compare == null || prompt < 1 || compare < 1) {
        throw Usage.of(
            "score",
            "--prompt is " + prompt + " and --compare " + compare + ", both must be at least 1");
      }
      all = Collections.nCopies(planted.rows(), new Window(prompt, compare));
    } else {
      Sequences given = Sequences.readCsv(windows);
      if (given.rows() != planted.rows() || (given.rows() > 0 && given.length() != 2)) {
        throw new NepentheException(
            ErrorCode.BAD_DATA,
            windows
                + " has "
                + given
                + ", must have two numbers for each of "
                + planted.rows()
                + " rows.");
      }
      all =
          IntStream.range(0, given.rows())
              .mapToObj(r -> new Window(given.token(r, 0), given.token(r, 1)))
              .toList();
    }
    for (int r = 0; r < all.size(); r++) {
      if (all.get(r).end() > planted.length()) {
        throw new NepentheException(
            ErrorCode.BAD_DATA,
            "row "
                + (r + 1)
                + ": prompt "
                + all.get(r).prompt()
                + " and compare "
                + all.get(r).compare()
                + " end at "
                + all.get(r).end()
                + ", rows have "
                + planted.length()
                + " tokens. Lower --prompt or --compare.");
      }
    }
    return all;
  }

  private static void prediction(
      LanguageModel languageModel,
      Parameters parameters,
      Path file,
      NDManager manager,
      Map<String, Object> scores) {
    Sequences data = RowFiles.predictable(file, languageModel);
    NextTokenScore score =
        NextTokenMeasure.score(
            languageModel, parameters, data, NextTokenMeasure.NOTHING_PREDICTABLE, manager);
    scores.putAll(metrics(new Observations(Continuations.NONE, Map.of("rows", score), false)));
    scores.put("targets", score.targets());
  }
}
