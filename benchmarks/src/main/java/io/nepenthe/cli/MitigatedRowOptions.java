package io.nepenthe.cli;

import io.nepenthe.mitigation.RowInputs;
import io.nepenthe.tensor.FloatType;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a model is to forget and to keep. */
final class MitigatedRowOptions {
  @Option(
      names = "--forget",
      paramLabel = "FILE",
      required = true,
      description =
          "What the model is to forget, as far as it reproduces it: text (a passage a line), JSON"
              + " lines, Parquet, or CSV of token ids; the file's name says which.")
  private Path forget = Path.of(".");

  @Option(
      names = "--retain",
      paramLabel = "FILE",
      description = "What it is to keep, in the same forms (default: rows of a corpus).")
  private @Nullable Path retain;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description =
          "What its perplexity is measured on, in the same forms (default: one half of what it is to"
              + " keep, which no method sees then).")
  private @Nullable Path judged;

  @Option(
      names = {"--field", "--column"},
      paramLabel = "NAME",
      description =
          "Field of JSON lines, or column of Parquet, with the text or the token ids (default: text; in"
              + " JSON ids, where there are any).")
  private @Nullable String field;

  @Option(
      names = "--prompt",
      paramLabel = "N",
      description =
          "Tokens of a row that are given, before what is memorized (default: as the file says, else"
              + " 32).")
  private @Nullable Integer prompt;

  @Option(
      names = "--compare",
      paramLabel = "K",
      description =
          "Tokens after them that the model must reproduce (default: as the file says, else 40).")
  private @Nullable Integer compare;

  @Option(
      names = "--corpus",
      paramLabel = "C",
      description =
          "Corpus of 'nepenthe data list' that rows to keep are drawn from, without --retain"
              + " (default: wikitext-103, wikitext-2, or else made-up text).")
  private @Nullable String corpus;

  @Option(
      names = "--rows",
      paramLabel = "R",
      description =
          "Most rows to keep, and most to measure on (default: three for each row to forget, 128 to"
              + " 1632).")
  private @Nullable Integer rows;

  RowInputs of(Path model, long seed, FloatType computeType) {
    if (rows != null) {
      Usage.requireWithin("mitigate", "--rows", rows, 1_000_000);
    }
    if (corpus != null && retain != null) {
      throw Usage.of("mitigate", "--corpus is for models without --retain: give one of them");
    }
    return new RowInputs(
        model, forget, retain, judged, field, prompt, compare, corpus, rows, seed, computeType);
  }
}
