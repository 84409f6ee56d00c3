package io.nepenthe.report.html;

import io.nepenthe.protocol.Fidelity;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.finding.Finding;
import io.nepenthe.report.finding.Findings;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.paper.PaperComparison;
import io.nepenthe.report.text.EnergyTables;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.TaskAnswer;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The report's page: one file that needs nothing else, in light and dark, on paper and on a
 * telephone. Its template lays out what this class says.
 */
public final class HtmlPage {
  /** Answers that stand open; the others are folded. */
  static final int OPEN_ANSWERS = 4;

  /** More notes than these are folded; the mark of a note opens them. */
  static final int OPEN_NOTES = 8;

  private final ReportModel report;
  private final List<Figure> figures;
  private final List<String> files;
  private final List<TaskAnswer> answers;
  private final List<TaskChallenges> challenges;
  private final List<PaperComparison> comparisons;
  private final List<Table> energy;

  private HtmlPage(ReportModel report, List<Figure> figures, List<String> files) {
    this.report = report;
    this.figures = figures;
    this.files = List.copyOf(files);
    answers = TaskAnswer.of(report);
    challenges = TaskChallenges.of(report);
    comparisons = PaperComparison.of(report);
    energy = EnergyTables.of(report);
  }

  /**
   * Returns the page.
   *
   * @param figures drawn in it
   * @param files names of the tables' files beside it
   */
  public static String of(ReportModel report, List<Figure> figures, List<String> files) {
    HtmlOutput output = HtmlOutput.create();
    JtereportGenerated.render(output, null, new HtmlPage(report, figures, files));
    return output.html();
  }

  ReportModel report() {
    return report;
  }

  /** Returns what the page opens with; nothing of a run without challenges. */
  List<Finding> findings() {
    return Findings.of(challenges);
  }

  boolean hasAnswer() {
    return !answers.isEmpty() || !findings().isEmpty();
  }

  List<TaskChallenges> challenges() {
    return challenges;
  }

  /** Returns the sections that show figures. */
  List<Section> drawn() {
    return challenges.isEmpty()
        ? List.of(Section.TRADEOFF, Section.TRAINING)
        : List.of(Section.TRADEOFF, Section.LASTING, Section.TRAINING);
  }

  List<TaskAnswer> answers() {
    return answers;
  }

  /** Returns what so few seeds cannot support, each sentence once. */
  List<String> caveats() {
    return answers.stream()
        .map(TaskAnswer::caveat)
        .filter(caveat -> !caveat.isEmpty())
        .distinct()
        .toList();
  }

  List<PaperComparison> comparisons() {
    return comparisons;
  }

  List<Table> energy() {
    return energy;
  }

  List<String> files() {
    return files;
  }

  List<Figure> figures() {
    return figures;
  }

  List<Figure> figures(Section section) {
    return figures.stream().filter(figure -> figure.section() == section).toList();
  }

  List<PageLink> contents() {
    Set<Section> shown = EnumSet.allOf(Section.class);
    if (!hasAnswer()) {
      shown.remove(Section.ANSWER);
    }
    if (report.manySeeds().isEmpty()) {
      shown.remove(Section.MANY_SEEDS);
    }
    if (challenges.isEmpty()) {
      shown.remove(Section.LASTING);
    }
    if (comparisons.isEmpty()) {
      shown.remove(Section.PAPER);
    }
    if (energy.isEmpty()) {
      shown.remove(Section.ENERGY);
    }
    return shown.stream().map(each -> new PageLink("#" + each.id(), each.title())).toList();
  }

  List<String> families() {
    return report.methods().stream().map(MethodView::group).distinct().toList();
  }

  /** Returns what was run, after the suite's own words. */
  String ran() {
    RunInfo info = report.info();
    List<TrialResult> trials = report.run().trials();
    if (trials.isEmpty()) {
      return "The suite %s has no trial yet.".formatted(info.suite());
    }
    Set<String> methods = ids(trials, TrialIdentity::method);
    Set<String> tasks = ids(trials, TrialIdentity::task);
    Set<String> seeds = ids(trials, identity -> Long.toString(identity.seed()));
    long planned = report.methods().stream().filter(each -> !each.isOriginal()).count();
    return "The suite %s ran %s on %s with %s %s under protocol %s; %d of %s valid."
        .formatted(
            info.suite(),
            some(methods.size(), (int) planned, "method"),
            some(tasks.size(), report.tasks().size(), "task"),
            seeds.size() == 1 ? "seed" : "seeds",
            String.join(", ", seeds),
            info.protocol(),
            trials.stream().filter(TrialResult::isValid).count(),
            Words.count(trials.size(), "trial"));
  }

  private static Set<String> ids(List<TrialResult> trials, Function<TrialIdentity, String> part) {
    return trials.stream()
        .map(TrialResult::identity)
        .sorted(Comparator.comparingLong(TrialIdentity::seed))
        .map(part)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String some(int ran, int planned, String noun) {
    return (ran < planned ? ran + " of " : "") + Words.count(planned, noun);
  }

  String fidelity() {
    RunInfo info = report.info();
    List<String> quirks = new ArrayList<>();
    for (Map.Entry<String, String> quirk : new TreeMap<>(info.quirks()).entrySet()) {
      quirks.add(quirk.getKey() + " (" + quirk.getValue() + ")");
    }
    if (!quirks.isEmpty()) {
      return "these quirks of the paper’s own program were on: " + String.join(", ", quirks) + ".";
    }
    return info.fidelity() == Fidelity.CLEAN
        ? "no quirk of the paper’s own program was reproduced."
        : "no quirk was on.";
  }
}
