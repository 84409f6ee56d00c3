package io.nepenthe.cli;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.rows.JudgedRows;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the rows on which memorization is judged, and what is known of each. */
final class JudgedFiles {
  @Option(names = "--artifacts", paramLabel = "CSV", description = "Rows with artifacts.")
  private @Nullable Path artifacts;

  @Option(
      names = "--twins",
      paramLabel = "CSV",
      description = {
        "The same rows without their artifacts, or other rows in their place. A row counts if it differs from its twin within what"
            + " is compared. Where no row differs anywhere, or without this option, the text itself"
            + " was repeated and every row counts."
      })
  private @Nullable Path twins;

  @Option(
      names = "--prompts",
      paramLabel = "CSV",
      description = {
        "Rows that begin with what each artifact is prompted with (default: its twin, or itself without"
            + " --twins)."
      })
  private @Nullable Path prompts;

  @Option(names = "--prompt", paramLabel = "N", description = "Tokens of the prompt.")
  private @Nullable Integer prompt;

  @Option(names = "--compare", paramLabel = "K", description = "Tokens compared after them.")
  private @Nullable Integer compare;

  @Option(
      names = "--windows",
      paramLabel = "CSV",
      description = "Prompt and compare of each row, instead of --prompt and --compare.")
  private @Nullable Path windows;

  @Option(
      names = "--copies",
      paramLabel = "CSV",
      description =
          "How often training holds each row: the share memorized then weighs each class of repetition"
              + " by its rows of training, as in runs (default: once each).")
  private @Nullable Path copies;

  @Option(
      names = "--eligible",
      paramLabel = "CSV",
      description = "1 for each row that counts, 0 for each that does not (default: see --twins).")
  private @Nullable Path eligible;

  /** Returns whether there are rows to judge; refuses options that lack what they need. */
  boolean areGiven() {
    if (artifacts == null) {
      if (twins != null
          || prompts != null
          || prompt != null
          || compare != null
          || windows != null
          || copies != null
          || eligible != null) {
        throw Usage.of(
            "score",
            "--twins, --prompts, --prompt, --compare, --windows, --copies and --eligible need --artifacts");
      }
      return false;
    }
    if (windows == null && (prompt == null || compare == null)) {
      throw Usage.of("score", "--artifacts needs --windows, or --prompt and --compare");
    }
    return true;
  }

  /** Returns the rows, all of which fit the model. */
  ArtifactRows read(RowFiles files, LanguageModel model) {
    Path file = Optional.ofNullable(artifacts).orElseThrow();
    Sequences planted = files.fitting("score", file, model);
    Sequences clean = twins == null ? planted : files.fitting("score", twins, model);
    if (planted.rows() != clean.rows() || planted.length() != clean.length()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          file
              + " has "
              + planted
              + ", "
              + twins
              + " has "
              + clean
              + "; give the twin of every artifact, row by row.");
    }
    ArtifactRows rows =
        JudgedRows.of(
            planted,
            clean,
            windows(planted),
            Optional.ofNullable(eligible),
            Optional.ofNullable(copies));
    return prompts == null
        ? rows
        : JudgedRows.promptedWith(files.fitting("score", prompts, model), prompts, rows);
  }

  private List<Window> windows(Sequences planted) {
    if (windows != null) {
      return JudgedRows.windows(windows, planted);
    }
    if (prompt == null || compare == null || prompt < 1 || compare < 1) {
      throw Usage.of(
          "score",
          "--prompt is " + prompt + " and --compare " + compare + ", both must be at least 1");
    }
    try {
      return Collections.nCopies(planted.rows(), JudgedRows.window(prompt, compare, planted));
    } catch (IllegalArgumentException e) {
      throw new NepentheException(
          ErrorCode.BAD_DATA, e.getMessage() + ". Lower --prompt or --compare.", e);
    }
  }
}
