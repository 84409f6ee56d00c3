package io.nepenthe.report.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.ReportFiles;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import io.nepenthe.report.VariedRun;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Note;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.StoredRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The fixture's task math-noise answers to Table 1, Noise; its task language says no artifact. */
final class PaperComparisonTest {
  private final ReportModel report = ReportModel.of(RunFixture.run());

  private static MethodView method(ReportModel report, String id) {
    return report.methods().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  private List<PaperNumber> numbers(String id) {
    return PaperComparison.of(report).get(0).numbers(method(report, id));
  }

  /** The fixture's run, with another task of language. */
  private static ReportModel ofLanguage(TaskInfo language) {
    StoredRun run = RunFixture.run();
    Map<String, TaskInfo> tasks = new LinkedHashMap<>(run.info().taskInfo());
    tasks.put(RunFixture.LANGUAGE, language);
    return ReportModel.of(
        new StoredRun(
            Runs.ofTasks(tasks),
            run.originals(),
            run.trials(),
            run.timings(),
            run.summary(),
            run.selection()));
  }

  private static TaskInfo task(
      @Nullable String artifact, @Nullable String model, boolean hasOwnVocabulary) {
    return new TaskInfo("a note", artifact, model, false, hasOwnVocabulary, 4, null, null, "");
  }

  private static List<String> columns(ReportModel report) {
    return PaperComparison.of(report).stream()
        .map(each -> each.task() + " = " + each.column().table() + " " + each.column().prefix())
        .toList();
  }

  @Test
  void goldenCellsOfThePaper() {
    Map<String, String> act = PaperTable.read(1).line("Act").orElseThrow();
    assertEquals("87.41", act.get("noise_acc_percent"));
    assertEquals("0.27", act.get("backdoor_time_s"));
    Map<String, String> sou = PaperTable.read(2).line("SOU").orElseThrow();
    assertEquals("1.34", sou.get("noise_mem_percent"));
    assertEquals("63.13", sou.get("backdoor_perplexity"));
    Map<String, String> greedy = PaperTable.read(3).line("Greedy").orElseThrow();
    assertEquals("36314.38", greedy.get("pythia6.9b_time_s"));
    assertEquals(18, PaperTable.read(1).lines().size());
    assertEquals(18, PaperTable.read(2).lines().size());
    assertEquals(9, PaperTable.read(3).lines().size());
  }

  @Test
  void ofAModelAtSeveralMomentsTheLastStandsBesideThePapers() {
    StoredRun run = VariedRun.ofModels();
    Map<String, TaskInfo> tasks = new LinkedHashMap<>();
    for (String task : List.of("wide-p50", "wide-p20")) {
      tasks.put(task, run.info().taskInfo().get(task));
    }
    ReportModel wide =
        ReportModel.of(
            new StoredRun(
                Runs.ofTasks(tasks),
                run.originals().stream().filter(each -> each.task().startsWith("wide")).toList(),
                run.trials(),
                List.of(),
                run.summary().stream().filter(each -> each.task().startsWith("wide")).toList(),
                List.of()));
    assertEquals(List.of("wide-p50 = 1 noise"), columns(wide));
  }

  @Test
  void thePapersModelsMemorizeOverTrainingAsItsTableSaysAtTheEnd() {
    for (String model : List.of("pythia-2.8b", "pythia-6.9b")) {
      ReportModel given = ofLanguage(task("repetition", model, false));
      PaperTraining training = PaperTraining.of(given, RunFixture.LANGUAGE).orElseThrow();
      assertEquals(13, training.curve().size());
      OriginalResult.CurvePoint last = training.curve().get(12);
      assertEquals(143_000, last.pass());
      Map<String, String> line = PaperTable.read(3).line(PaperTable.ORIGINAL).orElseThrow();
      String prefix = model.replace("-", "");
      assertEquals(
          Double.parseDouble(line.get(prefix + "_mem_percent")),
          last.scores().memorizedPercent(),
          0.005);
      assertEquals(
          Double.parseDouble(line.get(prefix + "_perplexity")), last.scores().perplexity(), 0.005);
    }
    assertTrue(PaperTraining.of(report, RunFixture.MATH).isEmpty());
  }

  @Test
  void suspiciousCellsAreThoseOfKnownSlips() {
    for (int table = 1; table <= 3; table++) {
      for (Map<String, String> line : PaperTable.read(table).lines()) {
        for (String cell : line.getOrDefault("suspicious", "").split(" ", 0)) {
          assertTrue(cell.isEmpty() || line.containsKey(cell), line + " has no " + cell);
        }
      }
    }
    assertEquals(
        "noise_time_s", PaperTable.read(1).line("BalancedSubnet").orElseThrow().get("suspicious"));
    for (String method : List.of("Spectral norm reg", "Loss truncation", "Example-tied reg")) {
      assertEquals(
          "backdoor_mem_percent backdoor_perplexity",
          PaperTable.read(2).line(method).orElseThrow().get("suspicious"));
    }
    for (String method : List.of("Slim", "Zero")) {
      assertEquals(
          "backdoor_perplexity backdoor_time_s",
          PaperTable.read(2).line(method).orElseThrow().get("suspicious"));
    }
  }

  @Test
  void oursStandsBesideThePapers() {
    PaperNumber memorized = numbers("balanced-subnet").get(0);
    assertEquals("0.06", memorized.paperCell().plain());
    assertEquals("2.50 (2.00–3.00)", memorized.ourCell().plain());
    assertEquals("+2.44", memorized.differenceCell().plain());
    PaperNumber accuracy = numbers("act").get(1);
    assertEquals("87.41", accuracy.paperCell().plain());
    assertEquals("+3.59", accuracy.differenceCell().plain());
  }

  @Test
  void timesAreComparedByTheirRatio() {
    assertEquals("0.89×", numbers("act").get(2).differenceCell().plain());
    assertEquals("0.077×", numbers("loss-truncation").get(2).differenceCell().plain());
    assertEquals("<0.001×", seconds(0.3).differenceCell().plain());
    assertTrue(seconds(-0.3).differenceCell().isEmpty(), "less than no time is noise");
  }

  private static PaperNumber seconds(double ours) {
    return new PaperNumber(Measure.SECONDS, 1000.0, false, new Statistic(ours, ours, ours), true);
  }

  @Test
  void aSuspiciousCellIsMarkedAndComparedWithNothing() {
    PaperNumber time = numbers("balanced-subnet").get(2);
    assertEquals(List.of("‡"), time.paperCell().marks());
    assertEquals("0.00", time.paperCell().plain());
    assertTrue(time.differenceCell().isEmpty());
    assertEquals(
        List.of(
            "2 Durable, math-noise: 1 of 4 trials was not valid: " + RunFixture.REASON + ".",
            "† Taken in the worker during the sweep, not by JMH.",
            "‡ Cannot be right or looks like a slip in the paper; compared with nothing.",
            "‡ BalancedSubnet, noise: 0.00 s cannot be right (5.88 s for backdoors): a missing"
                + " value or a slip of columns."),
        PaperComparison.of(report).get(0).notes().stream().map(Note::line).toList());
  }

  @Test
  void theOriginalModelIsThePapersBaseline() {
    List<PaperNumber> baseline = numbers("original");
    assertEquals("34.73", baseline.get(0).paperCell().plain());
    assertEquals("+0.02", baseline.get(1).differenceCell().plain()); // 97.00 - 96.98
    assertTrue(baseline.get(2).paperCell().isEmpty());
  }

  @Test
  void methodsThatThePaperLacksAreLeftOut() {
    assertEquals(
        Set.of(
            "original",
            "loss-truncation",
            "clean-fine-tuning",
            "balanced-subnet",
            "act",
            "durable"),
        PaperComparison.of(report).get(0).methods().stream()
            .map(MethodView::id)
            .collect(java.util.stream.Collectors.toSet()));
  }

  @Test
  void aTaskIsMatchedByMeasureAndArtifact() {
    assertEquals(List.of("math-noise = 1 noise"), columns(report));
    assertEquals(
        List.of("math-noise = 1 noise", "language = 2 backdoor"),
        columns(ofLanguage(task("backdoor", null, false))));
    assertEquals(
        List.of("math-noise = 1 noise", "language = 3 pythia2.8b"),
        columns(ofLanguage(task("noise", "pythia-2.8b", false))));
    assertEquals(
        List.of("math-noise = 1 noise"),
        columns(ofLanguage(task("noise", "a-model", false))),
        "the paper has no such model");
  }

  @Test
  void perplexityIsThePapersMeanOverBatches() {
    ReportModel language = ofLanguage(task("noise", null, false));
    PaperComparison comparison = PaperComparison.of(language).get(1);
    PaperNumber perplexity = comparison.numbers(method(language, "act")).get(1);
    assertEquals(Measure.REFERENCE_PERPLEXITY, perplexity.measure());
    assertEquals("58.91", perplexity.paperCell().plain());
    assertTrue(comparison.table().caption().contains("a mean over batches"));
  }

  @Test
  void perplexitiesOfAnotherVocabularyAreNotCompared() {
    ReportModel language = ofLanguage(task("noise", null, true));
    List<PaperNumber> act = PaperComparison.of(language).get(1).numbers(method(language, "act"));
    assertFalse(act.get(0).differenceCell().isEmpty());
    assertFalse(act.get(1).ourCell().isEmpty());
    assertTrue(act.get(1).differenceCell().isEmpty());
  }

  @Test
  void theCaptionTellsBothSizesSeedsAndFidelity() {
    String caption = PaperComparison.of(report).get(0).table().caption();
    assertTrue(caption.contains("Table 1, Noise, beside math-noise of quick"), caption);
    assertTrue(caption.contains("seeds 0, 1 and 3, fidelity reference"), caption);
    assertTrue(caption.contains("2,000 sequences of the seven-times table"), caption);
    assertTrue(caption.contains("20,000 rows of the primary"), caption);
  }

  @Test
  void theSameContentIsInPageMarkdownLatexAndCsv() {
    Map<String, String> files = ReportFiles.of(RunFixture.run());
    assertTrue(files.get("index.html").contains("Beside the paper"));
    assertTrue(files.get("index.html").contains("<td class=\"n first\">0.00<sup>‡</sup></td>"));
    assertTrue(
        files.get("paper.md").contains("| 0.06 | 2.50 (2.00–3.00) | +2.44 | 96.11 |"),
        files.get("paper.md"));
    assertTrue(files.get("paper.md").contains("0.00<sup>‡</sup>"));
    assertTrue(files.get("paper.tex").contains("0.00\\textsuperscript{\\textdaggerdbl{}}"));
    assertTrue(
        files
            .get("paper.tex")
            .contains("\\textsuperscript{\\textdaggerdbl{}}~BalancedSubnet, noise: 0.00 s cannot"));
    assertTrue(
        files
            .get("paper.csv")
            .contains("1,noise,math-noise,act,accuracyPercent,87.41,false,91,90.5,91.5,89.757"),
        files.get("paper.csv"));
  }

  @Test
  void noColumnOfTheCsvHoldsTwoUnits() {
    String csv = ReportFiles.of(RunFixture.run()).get("paper.csv");
    List<String> names = List.of(csv.lines().findFirst().orElseThrow().split(",", -1));
    for (String line :
        csv.lines().filter(each -> each.contains(",noise,math-noise,act,")).toList()) {
      List<String> fields = List.of(line.split(",", -1));
      boolean isTime = line.contains(",seconds,");
      assertEquals(isTime, fields.get(names.indexOf("difference")).isEmpty(), line);
      assertEquals(!isTime, fields.get(names.indexOf("ratio")).isEmpty(), line);
      assertEquals(isTime ? "s" : "%", fields.get(names.indexOf("unit")), line);
    }
  }

  @Test
  void nothingIsSaidWhereNothingMatches() {
    Map<String, String> files = ReportFiles.of(Runs.emptyOf("other"));
    assertFalse(files.containsKey("paper.csv"));
    assertFalse(files.get("index.html").contains("Beside the paper"));
    assertEquals(List.of(), PaperComparison.of(ReportModel.of(Runs.empty())));
  }
}
