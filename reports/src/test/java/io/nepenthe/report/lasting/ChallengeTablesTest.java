package io.nepenthe.report.lasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.Family;
import io.nepenthe.report.ChallengedRun;
import io.nepenthe.report.ReportFiles;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChallengeTablesTest {
  private final TaskChallenges task =
      TaskChallenges.of(ReportModel.of(ChallengedRun.ofEach())).get(0);

  private static Cell cell(Table table, String method, String group, String column) {
    int i = 0;
    for (Table.ColumnGroup each : table.groups()) {
      for (Table.Column heading : each.columns()) {
        if (each.title().equals(group) && heading.heading().equals(column)) {
          return row(table, method).cells().get(i);
        }
        i++;
      }
    }
    throw new AssertionError(group + ", " + column + " is not in " + table.groups());
  }

  private static Table.Row row(Table table, String method) {
    return table.rows().stream()
        .filter(row -> row.head().cell().text().equals(method))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void retentionStandsWithItsIntervalBesideTheOriginalAndTheControls() {
    Table table = RetentionTable.whole(task).orElseThrow();
    assertEquals(
        List.of(
            "Original model",
            "The nothing",
            "The retrained",
            "The random",
            "The lasts",
            "The hides",
            "The newer",
            "The weak"),
        table.rows().stream().map(row -> row.head().cell().text()).toList());
    Cell hides = cell(table, "The hides", "Relearning", "artifacts");
    assertEquals("0.19", hides.text());
    assertEquals("0.17 to 0.21", hides.range());
    assertEquals("1.00", cell(table, "The lasts", "Rounding", "worst of them").text());
    Table brief = RetentionTable.brief(task).orElseThrow();
    assertEquals(
        "0.39", cell(brief, "The hides", "Retention under the worst of", "Rounding").text());
  }

  @Test
  void whereNothingWasForgottenRetentionIsNotDefined() {
    Table table = RetentionTable.whole(task).orElseThrow();
    for (String method : List.of("Original model", "The nothing", "The weak")) {
      assertEquals("not defined", cell(table, method, "Rounding", "int4").text(), method);
    }
  }

  @Test
  void aDestroyedModelIsMarked() {
    Table table = RetentionTable.brief(task).orElseThrow();
    Cell guard = cell(table, "The random", "As judged", "Forgetting and utility");
    assertEquals(List.of(Cell.DESTROYED), guard.marks());
    assertEquals("0.22", guard.text()); // 2 * 0.123 / 1.123
    assertEquals(
        List.of(), cell(table, "The hides", "As judged", "Forgetting and utility").marks());
  }

  @Test
  void whoWasFooledStandsWithBothRanks() {
    Table table = FooledTable.of(task).orElseThrow();
    assertEquals(
        List.of("The lasts", "The hides"),
        table.rows().stream().map(row -> row.head().cell().text()).toList());
    List<Cell> hides = row(table, "The hides").cells();
    assertEquals("1", hides.get(1).text());
    assertEquals("3", hides.get(4).text());
    assertEquals("+2", hides.get(6).text());
    assertTrue(table.caption().contains("2 of 4"), table.caption());
  }

  @Test
  void utilityAndMemorizationStandSideBySideUnderEachChallenge() {
    Table table = ChallengedTable.of(task).orElseThrow();
    assertEquals("61.00", cell(table, "The hides", "Rounding, int4", "% Mem").text());
    assertEquals("88.00", cell(table, "The hides", "Rounding, int4", "Acc (%)").text());
  }

  @Test
  void anAucBelowOneHalfIsMarkedOnlyWhereItsIntervalIs() {
    Table table = AttacksTable.of(task).orElseThrow();
    Cell original = cell(table, "Original model", "Membership inference", "loss: AUC");
    assertEquals("0.980", original.text());
    assertEquals(List.of(), original.marks());
    TaskChallenges over =
        TaskChallenges.of(
                ReportModel.of(
                    new ChallengedRun(1)
                        .add("act", Family.UNLEARNING, true, 0, 89, 0, 0)
                        .challenge("npo", ChallengedRun.readings(0, 0, 0, 0.4))
                        .method("npo", Family.UNLEARNING, false, new double[] {0}, 89)
                        .run()))
            .get(0);
    Table one = AttacksTable.of(over).orElseThrow();
    assertEquals(
        List.of(Cell.OVER_UNLEARNED),
        cell(one, "The npo", "Membership inference", "loss: AUC").marks());
    assertEquals(List.of(), cell(one, "The act", "Membership inference", "loss: AUC").marks());
  }

  @Test
  void aRunWithoutChallengesHasNoneOfIt() {
    Map<String, String> files = ReportFiles.of(RunFixture.run());
    assertTrue(files.keySet().stream().noneMatch(name -> name.startsWith("challenges")));
    assertFalse(files.get("index.html").contains("Does it last?"));
  }

  @Test
  void everyFormHoldsThem() {
    Map<String, String> files = ReportFiles.of(ChallengedRun.ofEach());
    assertTrue(files.get("challenges.json").contains("nepenthe-challenges/1"));
    assertTrue(files.get("challenges.md").contains("Relearning brings back part"));
    assertTrue(files.get("challenges.tex").contains("Who was fooled on math-noise"));
    assertTrue(files.get("challenges.tex").contains("\\S{}"));
    assertTrue(
        files
            .get("challenges.csv")
            .contains("math-noise,hides,The hides,relearning,artifacts,,retention,0.1"),
        files.get("challenges.csv"));
    assertTrue(
        files
            .get("challenges.csv")
            .contains("math-noise,hides,The hides,relearning,artifacts,10,memorizedPercent,40.5,"));
    assertTrue(files.get("index.html").contains("<ol class=\"findings\">"));
    assertTrue(files.get("index.html").contains("Does it last?"));
  }
}
