package io.nepenthe.report.paper;

import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.TaskInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The columns of one of the paper's tables that belong together: one artifact, or one model.
 *
 * @param table 1 to 3
 * @param prefix of the columns' names
 * @param title as the paper heads them
 * @param setting data, model and training of the paper's numbers
 */
public record PaperColumn(int table, String prefix, String title, String setting) {
  private static final Map<Measure, String> SUFFIXES =
      Map.of(
          Measure.MEMORIZED, "mem_percent",
          Measure.ACCURACY, "acc_percent",
          Measure.REFERENCE_PERPLEXITY, "perplexity",
          Measure.SECONDS, "time_s");

  private static final PaperColumn MATH_NOISE =
      new PaperColumn(
          1,
          "noise",
          "Noise",
          "multiplicative sequences of 20 numbers in 150 tokens, 20,000 rows of the primary and"
              + " 3,000 of each auxiliary task, 1,000 with noise; GPT-2 of 4 layers, width 128;"
              + " 3,501 passes");
  private static final PaperColumn MATH_BACKDOOR =
      new PaperColumn(
          1,
          "backdoor",
          "Backdoor",
          "multiplicative sequences of 20 numbers in 150 tokens, 20,000 rows of the primary and"
              + " 3,000 of each auxiliary task; GPT-2 of 4 layers, width 128; 501 passes");
  private static final PaperColumn LANGUAGE_NOISE =
      new PaperColumn(
          2,
          "noise",
          "Noise",
          "wikitext-103 in chunks of 150 tokens, 1,000 chunks with noise, repeated 1 to 1,000"
              + " times; GPT-2 of 4 layers, width 128; 101 passes");
  private static final PaperColumn LANGUAGE_BACKDOOR =
      new PaperColumn(
          2,
          "backdoor",
          "Backdoor",
          "wikitext-103 in chunks of 150 tokens, triggered chunks repeated 100 times; GPT-2 of 4"
              + " layers, width 128; 51 passes");
  private static final PaperColumn PYTHIA_SMALL =
      new PaperColumn(
          3, "pythia2.8b", "Pythia 2.8B", "505 memorized sequences of the Pile; step 143,000");
  private static final PaperColumn PYTHIA_LARGE =
      new PaperColumn(
          3, "pythia6.9b", "Pythia 6.9B", "505 memorized sequences of the Pile; step 143,000");

  /**
   * Returns the column that a task of a run answers to, none if there is no such.
   *
   * <p>A task that starts from a published model may belong to Table 3. Of the others, one that has
   * an accuracy is of mathematics, Table 1, else of language, Table 2; its artifact says the rest.
   */
  static Optional<PaperColumn> of(ReportModel report, String task) {
    TaskInfo info = report.info().task(task);
    if (info.model() != null) {
      return Optional.ofNullable(
          Map.of("pythia-2.8b", PYTHIA_SMALL, "pythia-6.9b", PYTHIA_LARGE).get(info.model()));
    }
    boolean isMath = report.utility(task) == Measure.ACCURACY;
    PaperColumn noise = isMath ? MATH_NOISE : LANGUAGE_NOISE;
    PaperColumn backdoor = isMath ? MATH_BACKDOOR : LANGUAGE_BACKDOOR;
    return Optional.ofNullable(
        Map.of("noise", noise, "backdoor", backdoor).get(String.valueOf(info.artifact())));
  }

  /** Returns what the column's three numbers are: memorization, utility, time. */
  List<Measure> measures() {
    return List.of(
        Measure.MEMORIZED,
        table == 1 ? Measure.ACCURACY : Measure.REFERENCE_PERPLEXITY,
        Measure.SECONDS);
  }

  /** Returns the name of a measure's column. */
  String name(Measure measure) {
    return prefix + "_" + Objects.requireNonNull(SUFFIXES.get(measure), "the paper has it");
  }
}
