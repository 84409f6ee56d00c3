package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of methods that leave n-grams beside a model, which the judge blocks. */
class BlockedNgramsRunTest {
  private static final double OF_THE_MODEL = 0.25;
  private static final double OF_NO_MODEL = 0.75;

  @TempDir private static Path folder;

  @BeforeAll
  static void run() {
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "blocks", TestMethods.Blocks.class, OF_NO_MODEL, OF_THE_MODEL);
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0);
    TinySuite.run(
        TinySuite.suite(List.of(0L), 120, "blocks", "shrinks"),
        plugins,
        folder.resolve("out"),
        folder.resolve("cache"));
  }

  private static TrialResult trial(String method, double strength) {
    return TinySuite.trials(folder.resolve("out")).values().stream()
        .filter(trial -> trial.identity().method().equals(method))
        .filter(
            trial -> trial.identity().hyperparameters().get("strength").doubleValue() == strength)
        .findAny()
        .orElseThrow();
  }

  @Test
  void whatIsBlockedIsNotRecitedAndLikelihoodsStayTheModelsOwn() {
    TrialResult trial = trial("blocks", OF_THE_MODEL);
    assertTrue(trial.isValid(), trial.outcome().explanation());
    Scores after = trial.after();
    assertNotNull(after);
    assertTrue(trial.before().memorization().memorized() > 0);
    assertEquals(0, after.memorization().memorized());
    assertEquals(trial.before().perplexity(), after.perplexity());
    assertEquals(
        trial.before().metrics().byId().get("probability"),
        after.metrics().byId().get("probability"));
  }

  @Test
  void theHashOfWhatWasJudgedCoversIt() {
    TrialResult blocks = trial("blocks", OF_THE_MODEL);
    TrialResult leaves = trial("shrinks", 0);
    assertEquals(0L, blocks.changedEntries());
    assertEquals(0L, leaves.changedEntries());
    assertNotEquals(leaves.mitigatedHash(), blocks.mitigatedHash());
    assertTrue(blocks.blockedNgrams() > 0);
    assertFalse(blocks.isUnchanged());
    assertNull(leaves.blockedNgrams());
    assertTrue(leaves.isUnchanged());
  }

  @Test
  void ngramsOfIdsThatTheModelLacksAreNoResult() {
    assertEquals(
        new TrialOutcome.Invalid("blocked-ngrams.csv: id 999 is none of the model's 14 ids."),
        trial("blocks", OF_NO_MODEL).outcome());
  }
}
