package io.nepenthe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.leaderboard.MadeRun;
import io.nepenthe.report.chart.Figures;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.view.ManySeeds;
import io.nepenthe.report.view.ManySeedsDocument;
import io.nepenthe.report.view.ManySeedsWords;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.SeedsNeededTable;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.ThreeSeedsTable;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ManySeedsTest {
  private static final int SEEDS = 20;

  private static final Random RANDOM = new Random(1);
  private static final StoredRun RUN =
      made("math", SEEDS, made("other", SEEDS, new MadeRun())).run();
  private static final ReportModel REPORT = ReportModel.of(RUN);
  private static final ManySeeds MATH = REPORT.manySeeds().get(1);

  /** Adds methods of 80 rows memorized before: means are 5, 10, 11, 12, 30 and 60. */
  private static MadeRun made(String task, int seeds, MadeRun run) {
    return run.method(task, "best", around(5, 2, seeds), utility(seeds))
        .method(task, "second", around(10, 5, seeds), utility(seeds))
        .method(task, "third", around(11, 5, seeds), utility(seeds))
        .method(task, "fourth", around(12, 5, seeds), utility(seeds))
        .method(task, "unsteady", around(30, 25, seeds), utility(seeds))
        .method(task, "worst", around(60, 3, seeds), utility(seeds));
  }

  private static List<Integer> around(int middle, int deviation, int seeds) {
    List<Integer> rows = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      long drawn = Math.round(middle + deviation * RANDOM.nextGaussian());
      rows.add((int) Math.max(0, Math.min(80, drawn)));
    }
    return rows;
  }

  private static List<Double> utility(int seeds) {
    return Collections.nCopies(seeds, 88.0);
  }

  private static List<String> texts(Table table, int column) {
    return table.rows().stream().map(row -> row.cells().get(column).text()).toList();
  }

  private static String head(Table table, int row) {
    return table.rows().get(row).head().cell().text();
  }

  @Test
  void showsWhatTwentySeedsSay() {
    Map<String, String> files = ReportFiles.of(REPORT, List.of());
    String page = files.get("index.html");
    assertTrue(page.contains("<h2 id=\"many-seeds\">Telling methods apart</h2>"));
    assertTrue(page.contains(ManySeedsWords.three(MATH)));
    assertTrue(files.get("table.md").contains(ManySeedsWords.three(MATH)));
    String tests = ManySeedsWords.tests(MATH).replace("<", "&lt;");
    assertTrue(tests.startsWith("Over 20 seeds, Friedman’s test that all 6 methods"), tests);
    assertTrue(page.contains(tests), tests);
    assertTrue(files.get("table.md").contains(tests), tests);
  }

  @Test
  void drawsADiagramOfEachTaskAndOneOfAll() {
    List<Figure> figures =
        Figures.of(REPORT).stream()
            .filter(figure -> figure.id().startsWith("critical-difference"))
            .toList();
    assertEquals(
        List.of(
            "critical-difference-other", "critical-difference-math", "critical-difference--all"),
        figures.stream().map(Figure::id).toList());
    assertTrue(figures.get(2).caption().startsWith("2 tasks: mean ranks over 40 pairs of task"));
    String svg = figures.get(1).svg();
    assertTrue(svg.contains(">worst<"));
    assertTrue(svg.contains(">math: mean rank over 20 seeds<"));
  }

  @Test
  void saysNothingOfFewSeeds() {
    StoredRun few = made("math", 4, new MadeRun()).run();
    Map<String, String> files = ReportFiles.of(ReportModel.of(few), List.of());
    assertFalse(files.containsKey(ManySeedsDocument.FILE));
    assertFalse(files.get("index.html").contains("many-seeds"));
    assertTrue(
        Figures.of(ReportModel.of(few)).stream().noneMatch(each -> each.id().startsWith("crit")));
  }

  @Test
  void saysWhereSeedsAreTooFewForTheTests() {
    ManySeeds five = ReportModel.of(made("math", 5, new MadeRun()).run()).manySeeds().get(0);
    // 15 pairs: 15 * 2 / 2^10 = 0.03
    assertTrue(
        ManySeedsWords.tests(five).endsWith("with so few seeds: they need at least 10."),
        ManySeedsWords.tests(five));
    assertEquals(1, five.diagram().bars().size());
  }

  @Test
  void tellsWhereThreeSeedsWouldHavePutEachMethod() {
    Table methods = ThreeSeedsTable.ofMethods(REPORT, MATH);
    assertEquals("best", head(methods, 0));
    assertEquals("worst", head(methods, 5));
    assertEquals(List.of("1", "2", "3", "4", "5", "6"), texts(methods, 2));
    assertEquals("6", texts(methods, 3).get(5), "the worst is last by any three");
    assertEquals("0 %", texts(methods, 4).get(5));
  }

  @Test
  void namesTheCoinFlips() {
    Table flips = ThreeSeedsTable.ofCoinFlips(REPORT, MATH);
    assertEquals(MATH.threeSeeds().coinFlips().size(), flips.rows().size());
    assertTrue(texts(flips, 3).stream().allMatch("no"::equals), "none is told apart");
  }

  @Test
  void tellsHowManySeedsADifferenceNeeds() {
    Table needed = SeedsNeededTable.of(MATH);
    assertEquals(List.of("Deviation here", "1 point"), List.of(head(needed, 0), head(needed, 1)));
    assertEquals(3, needed.groups().size(), "memorized, accuracy and score");
    assertEquals("One of 15 pairs", needed.columns().get(1).heading());
    List<Integer> seeds =
        texts(needed, 0).stream().skip(1).map(Integer::valueOf).toList(); // % memorized, one pair
    assertEquals(seeds.stream().sorted(Collections.reverseOrder()).toList(), seeds);
    assertEquals("2", texts(needed, 2).get(1), "accuracy does not vary here");
  }

  @Test
  void givesTheNumbersAsData() throws IOException {
    assertTrue(ReportFiles.of(REPORT, List.of()).containsKey(ManySeedsDocument.FILE));
    JsonNode json = Json.mapper().readTree(Json.pretty(ManySeedsDocument.of(REPORT)));
    assertEquals("nepenthe-many-seeds/1", json.get("schema").asText());
    JsonNode task = json.get("tasks").get(1);
    assertEquals(1140, task.at("/threeSeeds/triples").asInt());
    assertEquals("best", task.at("/diagram/methods/0/id").asText());
    assertEquals(40, json.at("/allTasks/friedman/blocks").asInt());
    assertEquals(2 * 3 * 5, json.get("seedsNeeded").size());
  }
}
