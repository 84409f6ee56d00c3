package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over trials of which some failed. */
class RetryTest {
  private static final Suite SUITE = TinySuite.suite(List.of(0L), 60, "splits", "fades");
  private static final List<TrialOutcome> OUTCOMES =
      List.of(
          new TrialOutcome.Failed("by hand"),
          new TrialOutcome.TimedOut("by hand"),
          new TrialOutcome.Invalid("by hand"),
          new TrialOutcome.NotApplicable("by hand"),
          new TrialOutcome.Valid());

  @TempDir private static Path folder;
  private static Path plugins;
  private static Path cache;
  private static Map<String, TrialResult> undisturbed;

  @TempDir private Path out;
  private Map<String, TrialResult> ended;

  @BeforeAll
  static void run() {
    plugins = folder.resolve("plugins");
    cache = folder.resolve("cache");
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.2, 0.3);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01, 0.02);
    TinySuite.runInSilence(SUITE, plugins, folder.resolve("out"), cache);
    undisturbed = TinySuite.trials(folder.resolve("out"));
  }

  /** Every trial is valid at first; then each is given another outcome. */
  @BeforeEach
  void endInEveryWay() throws IOException {
    TinySuite.copy(folder.resolve("out"), out);
    RunStore store = new RunStore(out, line -> {});
    List<TrialResult> all = new ArrayList<>(undisturbed.values());
    assertEquals(OUTCOMES.size(), all.size());
    for (int i = 0; i < all.size(); i++) {
      store.put(ended(all.get(i), OUTCOMES.get(i)));
    }
    ended = TinySuite.trials(out);
  }

  private static TrialResult ended(TrialResult trial, TrialOutcome outcome) {
    boolean valid = outcome instanceof TrialOutcome.Valid;
    return new TrialResult(
        trial.schema(),
        trial.id(),
        trial.identity(),
        trial.methodName(),
        trial.family(),
        outcome,
        trial.before(),
        valid ? trial.after() : null,
        trial.beforeSplit(),
        valid ? trial.afterSplit() : null,
        valid ? trial.time() : null,
        valid ? trial.changedEntries() : null,
        valid ? trial.mitigatedHash() : null,
        List.of(),
        null,
        null,
        trial.provenance(),
        trial.finishedAt());
  }

  @Test
  void theSameCommandLeavesFailuresAsTheyAre() {
    TinySuite.run(SUITE, plugins, out, cache);
    assertEquals(ended, TinySuite.trials(out));
  }

  @Test
  void failuresAreRetriedOnRequestAndNothingElse() {
    Set<TrialOutcome> kept = new HashSet<>(OUTCOMES.subList(3, 5));
    Listener listener = TinySuite.retry(SUITE, plugins, out, cache);
    assertEquals(List.of(), listener.warnings());
    assertEquals(List.of(), listener.trainings());
    Map<String, TrialResult> retried = TinySuite.trials(out);
    assertEquals(ended.keySet(), retried.keySet());
    Map<String, Object> scores = new TreeMap<>();
    ended.forEach(
        (id, trial) -> {
          if (kept.contains(trial.outcome())) {
            assertEquals(trial, retried.get(id));
          } else {
            scores.put(id, undisturbed.get(id).after());
            assertEquals(scores.get(id), retried.get(id).after());
          }
        });
    assertEquals(3, scores.size());
  }
}
