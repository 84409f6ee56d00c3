package io.nepenthe.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NextTokenTallyTest {
  private static final double ROUNDING = 1e-12;

  private NextTokenTally tally;

  /** Three rows of two targets in batches of two; losses are exact in binary. */
  @BeforeEach
  void tally() {
    tally = new NextTokenTally(3, 2, new BatchMeans(2, false));
    tally.add(0, true, true, 0.5f);
    tally.add(0, false, true, 1.5f);
    tally.add(1, true, false, 1f);
    tally.add(1, true, true, 0f);
    tally.add(2, false, false, 2f);
    tally.add(2, true, false, 4f);
  }

  @Test
  void scoresAllRows() {
    NextTokenScore score = tally.score();
    assertEquals(4.0 / 6, score.accuracy(), ROUNDING);
    assertEquals(2.0 / 3, score.predictableAccuracy(), ROUNDING);
    assertEquals(9, score.totalLoss(), ROUNDING);
    assertEquals(Math.exp(9.0 / 6), score.perplexity(), ROUNDING);
    assertEquals(6, score.targets());
  }

  @Test
  void weighsBatchesAlikeHoweverFewRowsTheyHave() {
    // batches: rows 0 and 1 with 3 of 4 right and loss 3/4, row 2 with 1 of 2 right and loss 3
    NextTokenScore score = tally.score();
    assertEquals((3.0 / 4 + 1.0 / 2) / 2, score.batchMeanAccuracy(), ROUNDING);
    assertEquals((Math.exp(3.0 / 4) + Math.exp(3)) / 2, score.batchMeanPerplexity(), ROUNDING);
  }

  @Test
  void scoresAnyOfTheRowsAsIfTheyWereAlone() {
    NextTokenScore score = tally.score(2, 1);
    assertEquals(3.0 / 4, score.accuracy(), ROUNDING);
    assertEquals(1, score.predictableAccuracy(), ROUNDING);
    assertEquals(Math.exp(7.0 / 4), score.perplexity(), ROUNDING);
    assertEquals(score.perplexity(), score.batchMeanPerplexity(), ROUNDING);
    assertEquals(4, score.targets());
  }

  @Test
  void halfPrecisionRoundsEachPerplexityAndTheirSum() {
    NextTokenTally half = new NextTokenTally(3, 1, new BatchMeans(1, true));
    half.add(0, true, true, (float) Math.log(1000.25));
    half.add(1, true, true, (float) Math.log(1000.25));
    half.add(2, true, true, (float) Math.log(1001.3));
    NextTokenScore score = half.score();
    // losses become 6.90625 and 6.91015625, perplexities 998.5 and 1002.5; their sum, 2999.5, 3000
    assertEquals(1000, score.batchMeanPerplexity(), ROUNDING);
    assertEquals(1000.6, score.perplexity(), 0.01);
  }

  @Test
  void noRowsHaveNoScore() {
    assertThrows(IllegalArgumentException.class, () -> tally.score(new int[0]));
  }
}
