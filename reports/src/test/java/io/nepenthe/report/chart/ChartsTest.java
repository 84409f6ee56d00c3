package io.nepenthe.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodOrder;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.TradeoffPoint;
import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.junit.jupiter.api.Test;

final class ChartsTest {
  private final ReportModel report = ReportModel.of(RunFixture.run());

  @Test
  void placesMethodsAtTheirMeansWithBarsOverSeeds() {
    List<TradeoffPoint> points = TradeoffPoint.all(report, RunFixture.MATH);
    XYIntervalSeriesCollection data = TradeoffChart.dataset(points);
    assertEquals(9, data.getSeriesCount());
    assertEquals("Original model", data.getSeriesKey(0));
    assertEquals("BalancedSubnet", data.getSeriesKey(5));
    assertEquals(2.5, data.getXValue(5, 0));
    assertEquals(2.0, data.getStartXValue(5, 0));
    assertEquals(3.0, data.getEndXValue(5, 0));
    assertEquals(96.5, data.getYValue(5, 0));
    assertEquals(96.0, data.getStartYValue(5, 0));
    assertEquals(97.0, data.getEndYValue(5, 0));
  }

  @Test
  void takesPerplexityWhereThereIsNoAccuracyAndLeavesOutWhatIsMissing() {
    List<TradeoffPoint> points = TradeoffPoint.all(report, RunFixture.LANGUAGE);
    assertEquals(8, points.size());
    assertTrue(points.stream().noneMatch(point -> point.method().id().equals("random-pruning")));
    assertEquals(63, points.get(0).utility().mean(), 1e-9);
    String caption = TradeoffChart.of(report, RunFixture.LANGUAGE).get(0).caption();
    assertTrue(caption.contains("Not shown, for want of a value: Random pruning."), caption);
  }

  @Test
  void drawsTheCrowdInTheBestCornerOnceMore() {
    List<TradeoffPoint> points = new ArrayList<>();
    points.add(point(0, 45, 97));
    points.add(point(1, 30, 96));
    points.add(point(2, 1, 60));
    for (int i = 3; i < 7; i++) {
      points.add(point(i, i, 95));
    }
    List<TradeoffPoint> crowd = TradeoffPoint.crowd(points, Measure.ACCURACY);
    assertEquals(points.subList(3, 7), crowd);
    assertEquals(List.of(), TradeoffPoint.crowd(points.subList(0, 6), Measure.ACCURACY));
    assertEquals(List.of(), TradeoffPoint.crowd(points.subList(1, 7), Measure.ACCURACY));
  }

  private static TradeoffPoint point(int method, double memorized, double accuracy) {
    return new TradeoffPoint(
        MethodOrder.of(RunFixture.run()).get(method),
        new Statistic(memorized, memorized, memorized),
        new Statistic(accuracy, accuracy, accuracy));
  }

  @Test
  void averagesTheCurvesOverSeeds() {
    YIntervalSeriesCollection data = TrainingChart.percentages(report, RunFixture.MATH);
    assertEquals(2, data.getSeriesCount());
    assertEquals("Memorized (%)", data.getSeriesKey(0));
    assertEquals(6, data.getItemCount(0));
    assertEquals(50.0, data.getXValue(0, 5));
    assertEquals(45.0, data.getYValue(0, 5));
    assertEquals(44.5, data.getStartYValue(0, 5));
    assertEquals(45.5, data.getEndYValue(0, 5));
    assertEquals("Accuracy (%)", data.getSeriesKey(1));
    assertEquals(97.0, data.getYValue(1, 5));
    assertEquals(0, TrainingChart.perplexities(report, RunFixture.MATH).getSeriesCount());
  }

  @Test
  void drawsPerplexityOnItsOwnAxis() {
    assertEquals(1, TrainingChart.percentages(report, RunFixture.LANGUAGE).getSeriesCount());
    YIntervalSeriesCollection data = TrainingChart.perplexities(report, RunFixture.LANGUAGE);
    assertEquals(63.0, data.getYValue(0, 5));
  }

  @Test
  void drawsNothingWithoutData() {
    ReportModel empty = ReportModel.of(Runs.empty());
    assertEquals(List.of(), TradeoffChart.of(empty, RunFixture.MATH));
    assertEquals(Optional.empty(), TrainingChart.of(empty, RunFixture.MATH));
  }

  @Test
  void drawsSvgThatCanStandInAPage() {
    String svg = TradeoffChart.of(report, RunFixture.MATH).get(0).svg();
    assertTrue(svg.startsWith("<svg"), svg.substring(0, 40));
    assertTrue(svg.contains("role=\"img\""));
    assertTrue(svg.contains("viewBox=\"0 0 480 "));
    assertTrue(svg.contains(">Memorized (% of artifacts)<"));
    assertTrue(svg.contains(">Accuracy (%)<"));
    assertFalse(svg.contains("<script>"));
    assertFalse(svg.replaceAll("id=\"tradeoff-math-noise-", "").contains(" id=\""));
    assertFalse(svg.replaceAll("url\\(#tradeoff-math-noise-", "").contains("url(#"));
  }

  @Test
  void keepsMarkersOffTheFrame() {
    assertTrue(AxisRange.percentFromZero(0, 45).getLowerBound() < 0);
    assertTrue(AxisRange.percent(97, 100).getUpperBound() < 100.2);
    assertTrue(AxisRange.isWide(10, 1e9));
    assertFalse(AxisRange.isWide(10, 60));
    assertTrue(AxisRange.logarithmic(10, 1e9).getUpperBound() > 1e9);
  }
}
