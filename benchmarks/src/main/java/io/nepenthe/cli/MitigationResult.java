package io.nepenthe.cli;

import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.Scores;
import io.nepenthe.mitigation.BestTrial;
import io.nepenthe.mitigation.MitigationFolder;
import io.nepenthe.mitigation.PreparedRows;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.wording.Words;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a mitigation has come to, for programs and for people.
 *
 * @param stored its run
 * @param best the trial that was chosen; empty if none can be
 * @param seed of the run
 * @param folder of the mitigation
 * @param budget in words; empty if there is none
 */
record MitigationResult(
    StoredRun stored, Optional<BestTrial> best, long seed, MitigationFolder folder, String budget) {
  private boolean isHandedOver() {
    return best.isPresent() && best.get().isBetter();
  }

  int exitCode() {
    return isHandedOver() ? 0 : ErrorCode.TRIAL_FAILED.exitCode();
  }

  private Path report() {
    return folder.run().resolve("report").resolve("index.html");
  }

  private int untried() {
    return stored.completeness().absent().size();
  }

  private TrialResult trial(BestTrial chosen) {
    return stored.trials().stream()
        .filter(each -> each.id().equals(chosen.trial()))
        .findAny()
        .orElseThrow();
  }

  private Optional<BestTrial> asInThePaper() {
    return stored.selection().stream()
        .findFirst()
        .flatMap(task -> BestTrial.asInThePaper(task, seed));
  }

  /** Returns all of it by name. */
  Map<String, Object> values(PreparedRows rows) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("rows", rows);
    values.put("tried", stored.trials().size());
    values.put("notTried", untried());
    best.ifPresent(chosen -> values.put("chosen", values(chosen)));
    asInThePaper().ifPresent(chosen -> values.put("asInThePaper", values(chosen)));
    if (isHandedOver()) {
      values.put("model", folder.model().toString());
    }
    values.put("run", folder.run().toString());
    values.put("report", report().toString());
    return values;
  }

  private Map<String, Object> values(BestTrial chosen) {
    TrialResult trial = trial(chosen);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("method", chosen.method());
    values.put("hyperparameters", chosen.hyperparameters());
    values.put("trial", chosen.trial());
    values.put("onHeldOutRows", chosen.isHeldOut());
    values.put("isBetter", chosen.isBetter());
    values.put("before", values(before(chosen, trial)));
    values.put("after", values(after(chosen, trial)));
    return values;
  }

  private static Map<String, @Nullable Object> values(Scores scores) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(Metrics.MEMORIZED.id(), scores.memorizedPercent());
    values.put(Metrics.PERPLEXITY.id(), scores.perplexity());
    return values;
  }

  private static Scores before(BestTrial chosen, TrialResult trial) {
    return chosen.isHeldOut()
        ? Objects.requireNonNull(trial.beforeSplit()).holdout()
        : trial.before();
  }

  private static Scores after(BestTrial chosen, TrialResult trial) {
    return chosen.isHeldOut()
        ? Objects.requireNonNull(trial.afterSplit()).holdout()
        : Objects.requireNonNull(trial.after());
  }

  /** Returns it as lines to read. */
  String text() {
    StringBuilder text = new StringBuilder(SummaryText.of(stored)).append('\n');
    if (untried() > 0) {
      text.append(
          "%s not tried%s; the same command with a larger one, or without, goes on\n"
              .formatted(
                  Words.count(untried(), "setting"),
                  budget.isEmpty() ? " (--trials)" : ", " + budget + " is used up"));
    }
    if (best.isEmpty()) {
      text.append("no setting can be chosen: the report says of each why\n");
    } else {
      BestTrial chosen = best.get();
      text.append(
          chosen.isHeldOut()
              ? words("chosen on one half of the rows", chosen, "on the other half")
              : words("chosen on all rows, which are too few to be halved", chosen, "there"));
      asInThePaper()
          .filter(paper -> chosen.isHeldOut())
          .ifPresent(paper -> text.append(words("by the paper's rule", paper, "on all rows")));
      if (!chosen.isBetter()) {
        text.append("that is no better than the model as it is: none is written\n");
      }
    }
    text.append("report: ").append(report()).append('\n');
    if (isHandedOver()) {
      text.append("model: ").append(folder.model()).append('\n');
    }
    return text.toString();
  }

  private String words(String how, BestTrial chosen, String where) {
    TrialResult trial = trial(chosen);
    Scores before = before(chosen, trial);
    Scores after = after(chosen, trial);
    return "%s: %s %s; %s it memorizes %s %% (before: %s %%), with a perplexity of %s (before: %s)\n"
        .formatted(
            how,
            chosen.method(),
            chosen.hyperparameters(),
            where,
            percent(after),
            percent(before),
            Words.number(after.perplexity()),
            Words.number(before.perplexity()));
  }

  private static String percent(Scores scores) {
    Double percent = scores.memorizedPercent();
    return percent == null ? "-" : Words.number(percent);
  }
}
