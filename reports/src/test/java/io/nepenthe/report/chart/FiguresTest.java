package io.nepenthe.report.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.EditedPart;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import io.nepenthe.report.VariedRun;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.view.Effect;
import io.nepenthe.report.view.Front;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Quartiles;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.TaskFamily;
import io.nepenthe.report.view.TaskVariable;
import io.nepenthe.report.view.TimeToTarget;
import io.nepenthe.report.view.TradeoffPoint;
import io.nepenthe.statistics.Statistic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  private final ReportModel report = ReportModel.of(RunFixture.run());
  private final ReportModel varied = ReportModel.of(VariedRun.run());
  private final ReportModel models = ReportModel.of(VariedRun.ofModels());

  private MethodView method(String id) {
    return report.methods().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void drawsWhatTheDataAllow() {
    assertEquals(
        List.of(
            "tradeoff-noise-l2-p20",
            "tradeoff-noise-l2-p50",
            "tradeoff-noise-l4-p20",
            "tradeoff-noise-l4-p50",
            "tradeoff-changes-noise--1-layers",
            "tradeoff-changes-noise--1-passes",
            "tradeoff-profile",
            "training-sizes-noise--1",
            "training-copies-noise-l2-p20",
            "training-regularizers-noise-l2-p20",
            "training-copies-noise-l2-p50",
            "training-regularizers-noise-l2-p50",
            "training-copies-noise-l4-p20",
            "training-regularizers-noise-l4-p20",
            "training-copies-noise-l4-p50",
            "training-regularizers-noise-l4-p50"),
        Figures.of(varied).stream().map(Figure::id).toList());
  }

  @Test
  void drawsModelsSideBySideOverTheirTraining() {
    assertEquals(
        List.of(
            "tradeoff-moments-wide--1",
            "tradeoff-changes-wide--1-passes",
            "tradeoff-changes-deep--2-passes",
            "tradeoff-profile",
            "training-models-wide--1"),
        Figures.of(models).stream()
            .map(Figure::id)
            .filter(id -> !id.matches(".*-p[25]0"))
            .toList());
    assertTrue(
        Figures.of(models).get(4).caption().startsWith("wide and deep: what each method did"));
  }

  @Test
  void placesWhatAMethodDidAtItsMomentsOfTraining() {
    TaskFamily wide = TaskFamily.ofOneModel(models).get(0);
    assertEquals(List.of("wide-p20", "wide-p50"), wide.overTraining());
    assertEquals("wide-p50", wide.last());
    XYSeries act = MomentChart.changes(models, wide, method("act"), Effect::memorizedChange);
    assertEquals(List.of(20.0, 50.0), List.of(act.getX(0), act.getX(1)));
    assertEquals(100 * (-21 / 44.5 - 21 / 45.0 - 21 / 45.5) / 3, act.getY(1).doubleValue(), 1e-9);
    MethodView nothing = method("original");
    assertTrue(MomentChart.changes(models, wide, nothing, Effect::memorizedChange).isEmpty());
  }

  @Test
  void drawsALineForEachModelWithItsWholeTraining() {
    List<TaskFamily> families = TaskFamily.ofOneModel(models);
    List<CurveLine> lines = ModelTrainingChart.lines(models, families);
    assertEquals(List.of("wide", "deep"), lines.stream().map(CurveLine::label).toList());
    assertEquals(50, Curves.lastPass(lines.get(1).curves()));
    assertEquals(
        6, lines.get(1).curves().get(0).size(), "every measured pass, not the moments alone");
    assertEquals(2, Curves.ofMoments(models, families.get(1)).get(0).size());
  }

  @Test
  void drawsAModelThatWasTrainedElsewhereFromMomentToMomentBesideThePapers() {
    ReportModel given = ReportModel.of(VariedRun.ofSteps());
    TaskFamily model = TaskFamily.ofOneModel(given).get(0);
    assertEquals("pythia-2.8b", model.name());
    assertEquals(TaskVariable.STEPS, model.moment());
    assertEquals(143_000, model.end());
    List<CurveLine> lines = ModelTrainingChart.lines(given, List.of(model));
    assertEquals(
        List.of("pythia-2.8b", "Pythia 2.8B, paper"),
        lines.stream().map(CurveLine::label).toList());
    YIntervalSeriesCollection data = CurveLine.dataset(lines, Scores::memorizedPercent);
    assertEquals(List.of(36_000.0, 143_000.0), List.of(data.getX(0, 0), data.getX(0, 1)));
    assertEquals(45, data.getYValue(0, 1));
    assertEquals(53.4653, data.getYValue(1, 12));
    assertEquals(
        List.of("tradeoff-moments-pythia-2-8b--1", "training-models-pythia-2-8b--1"),
        Figures.of(given).stream()
            .map(Figure::id)
            .filter(id -> id.contains("moments") || id.contains("models"))
            .toList());
  }

  @Test
  void drawsNothingWithoutData() {
    assertEquals(List.of(), Figures.of(ReportModel.of(Runs.empty())));
  }

  @Test
  void comparesNoTasksThatDifferInOtherThings() {
    assertEquals(List.of(), TaskFamily.of(report));
  }

  @Test
  void drawsNoRegularizersWithoutCurves() {
    assertEquals(Optional.empty(), RegularizerChart.of(report, RunFixture.MATH));
    assertEquals(Optional.empty(), CopiesChart.of(report, RunFixture.MATH));
  }

  @Test
  void findsTasksThatDifferInLayersAndMomentOfTraining() {
    List<TaskFamily> families = TaskFamily.of(varied);
    assertEquals(1, families.size());
    assertEquals("noise", families.get(0).name());
    assertEquals(VariedRun.TASKS, families.get(0).tasks());
    assertEquals(List.of(TaskVariable.LAYERS, TaskVariable.PASSES), families.get(0).varied());
    assertEquals(List.of(2, 4), families.get(0).distinct(TaskVariable.LAYERS));
    assertEquals(20, families.get(0).value("noise-l4-p20", TaskVariable.PASSES));
  }

  @Test
  void placesATaskAtItsRelativeChanges() {
    XYSeriesCollection data =
        ChangeChart.dataset(
            varied, TaskFamily.of(varied).get(0), TaskVariable.LAYERS, method("act"));
    assertEquals(2, data.getSeriesCount());
    assertEquals("2 layers", data.getSeriesKey(0));
    assertEquals(2, data.getItemCount(0));
    // 44.5, 45 and 45.5 % became 23.5, 24 and 24.5; accuracies of about 97 became about 91.
    double memorized = 100 * (-21 / 44.5 - 21 / 45.0 - 21 / 45.5) / 3;
    double accuracy = 100 * (-6 / 96.5 - 6 / 97.0 - 6 / 97.5) / 3;
    assertEquals(memorized, data.getXValue(0, 0), 1e-9);
    assertEquals(accuracy, data.getYValue(0, 0), 1e-9);
  }

  @Test
  void groupsWinnersByWhatTheyEdit() {
    Map<EditedPart, Map<MethodView, List<Effect>>> groups =
        GroupChart.groups(report, RunFixture.MATH);
    assertEquals(List.of(method("act")), List.copyOf(groups.get(EditedPart.NEURONS).keySet()));
    assertEquals(
        List.of(method("balanced-subnet"), method("durable")),
        List.copyOf(groups.get(EditedPart.WEIGHTS).keySet()));
    assertArrayEquals(
        new double[] {2, 2.5, 3, 11.5, 12, 12.5},
        GroupChart.values(groups.get(EditedPart.WEIGHTS), Effect::memorizedAfter));
  }

  @Test
  void tellsPerplexityAsAFactorAndAccuracyAsAShare() {
    Effect effect = new Effect(50, 10, 80, 60);
    assertEquals(-80, effect.memorizedChange());
    assertEquals(-25, effect.utilityChange(Measure.ACCURACY));
    assertEquals(25, effect.utilityLoss(Measure.ACCURACY));
    assertEquals(0.75, effect.utilityChange(Measure.PERPLEXITY));
    assertEquals(-25, effect.utilityLoss(Measure.PERPLEXITY));
    assertTrue(Double.isNaN(new Effect(0, 10, 80, 60).memorizedChange()));
  }

  @Test
  void interpolatesQuartiles() {
    assertEquals(new Quartiles(1, 2, 3, 4, 9), Quartiles.of(9, 1, 2, 3, 4));
    assertEquals(new Quartiles(1, 1.25, 1.5, 1.75, 2), Quartiles.of(2, 1));
    assertEquals(new Quartiles(7, 7, 7, 7, 7), Quartiles.of(7));
  }

  @Test
  void putsOnTheFrontWhatNoOtherMethodBeats() {
    List<TradeoffPoint> points =
        List.of(point(5, 2, 90), point(3, 9, 95), point(4, 9, 94), point(6, 20, 93));
    List<TradeoffPoint> front = Front.of(points, Measure.ACCURACY);
    assertEquals(points.subList(0, 2), front);
    XYSeries line = FrontChart.steps(front);
    assertEquals(9, line.getX(1).doubleValue());
    assertEquals(95, line.getY(1).doubleValue());
    assertEquals(List.of(points.get(0)), Front.of(points, Measure.PERPLEXITY));
  }

  @Test
  void keepsControlsOffTheFront() {
    List<String> candidates =
        Front.candidates(TradeoffPoint.all(report, RunFixture.MATH)).stream()
            .map(point -> point.method().id())
            .toList();
    assertEquals(
        List.of(
            "loss-truncation", "clean-fine-tuning", "balanced-subnet", "act", "hostile", "durable"),
        candidates);
  }

  private TradeoffPoint point(int method, double memorized, double utility) {
    return new TradeoffPoint(
        report.methods().get(method),
        new Statistic(memorized, memorized, memorized),
        new Statistic(utility, utility, utility));
  }

  @Test
  void profilesTheTimeToTheTarget() {
    TimeToTarget target = new TimeToTarget(report);
    MethodView balanced = method("balanced-subnet");
    assertEquals(6, target.starts(balanced));
    // On language its perplexity of 63.5 is near the original's 63.
    assertEquals(6, target.seconds(balanced).size());
    assertEquals(List.of(), target.seconds(method("act")));
    XYSeries profile = target.profile(balanced, 1, 100);
    assertEquals(8, profile.getItemCount());
    assertEquals(0.0, profile.getY(0));
    assertEquals(5.875, profile.getX(6));
    assertEquals(100.0, profile.getY(7));
    assertTrue(
        ProfileChart.of(report).orElseThrow().caption().contains("Never at the target: Loss"));
  }

  @Test
  void drawsALineForEachSizeUpToItsLongestTraining() {
    List<CurveLine> lines = TaskTrainingChart.lines(varied, TaskFamily.of(varied).get(0));
    assertEquals(List.of("2 layers", "4 layers"), lines.stream().map(CurveLine::label).toList());
    assertEquals(50, Curves.lastPass(lines.get(0).curves()));
    assertFalse(lines.get(0).color().equals(lines.get(1).color()));
  }

  @Test
  void drawsALineForEachNumberOfCopies() {
    YIntervalSeriesCollection data = CopiesChart.dataset(varied, "noise-l2-p50");
    assertEquals("1 copy", data.getSeriesKey(0));
    assertEquals("10 copies", data.getSeriesKey(1));
    assertEquals(0, data.getYValue(0, 5));
    assertEquals(50, data.getYValue(1, 5));
  }

  @Test
  void drawsRegularizersBesidePlainTrainingUpToItsEnd() {
    List<CurveLine> lines = RegularizerChart.lines(varied, "noise-l2-p50");
    assertEquals(
        List.of("Plain training", "Loss truncation"),
        lines.stream().map(CurveLine::label).toList());
    YIntervalSeriesCollection data = CurveLine.dataset(lines, Scores::memorizedPercent);
    assertEquals(3, data.getItemCount(1));
    assertEquals(45, data.getYValue(1, 1));
    assertEquals(50, data.getX(1, 2).doubleValue());
    assertEquals(31, data.getYValue(1, 2));
  }
}
