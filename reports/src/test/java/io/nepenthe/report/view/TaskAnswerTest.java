package io.nepenthe.report.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import io.nepenthe.statistics.Ranking;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskAnswerTest {
  private final ReportModel report = ReportModel.of(RunFixture.run());
  private final TaskAnswer answer = TaskAnswer.of(report).get(0);

  private List<Ranking.Place> places() {
    return report.selection(answer.task()).orElseThrow().ranking().places();
  }

  @Test
  void namesTheMethodsThatForgetInEverySeedAtLittleCost() {
    // of 45 % memorized, BalancedSubnet leaves 2 to 3 % and 96.5 of 97 % accuracy; the next, 9 %
    assertEquals(
        "1 of 6 methods leaves at most 5 % memorized in every seed, with an accuracy at most 5 %"
            + " worse than the original model’s: BalancedSubnet.",
        answer.forgetting());
  }

  @Test
  void claimsADifferenceOnlyWhereTheRankingBeginsANewGroup() {
    String certainty = answer.certainty();
    assertTrue(
        certainty.startsWith("The best mean score over 3 seeds is that of BalancedSubnet."),
        certainty);
    assertEquals(
        places().stream().anyMatch(place -> place.group() > 1),
        certainty.contains("significantly better"),
        certainty);
    assertEquals(
        places().stream().filter(place -> place.group() == 1).count() > 1,
        certainty.contains("The tests do not tell it from"),
        certainty);
  }

  @Test
  void showsTheFirstPlaceBelowTheOriginalModel() {
    List<Table.Row> rows = answer.best().rows();
    assertEquals("Original model", rows.get(0).head().cell().text());
    assertEquals("BalancedSubnet", rows.get(1).head().cell().text());
    assertEquals("2.50", rows.get(1).cells().get(0).text());
    assertEquals("1.26 to 3.74", rows.get(1).cells().get(0).range());
    assertEquals(1 + places().stream().filter(place -> place.group() == 1).count(), rows.size());
  }

  @Test
  void saysNothingOfARunOfWhichNothingIsStored() {
    assertEquals(List.of(), TaskAnswer.of(ReportModel.of(Runs.empty())));
  }
}
