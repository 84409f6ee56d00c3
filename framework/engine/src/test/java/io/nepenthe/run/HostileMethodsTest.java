package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.run.HostileMethods.Act;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.worker.InProcessWorker;
import io.nepenthe.worker.LocalWorkers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with methods that mean harm, beside one that behaves. */
class HostileMethodsTest {
  private static final String BEHAVES = "shrinks";
  private static final double AMPLE_SECONDS = 120;
  private static final double FEW_SECONDS = 1;
  private static final Map<String, Class<? extends MitigationMethod<?>>> HANGING =
      Map.of(
          "hangs-as-a-class", HostileMethods.HangsAsAClass.class,
          "hangs-in-constructor", HostileMethods.HangsInConstructor.class,
          "hangs-when-asked", HostileMethods.HangsWhenAsked.class);

  @TempDir private static Path folder;
  private static Map<String, String> undisturbed;
  private static final Listener LISTENER = new Listener();
  private static final Map<String, TrialResult> TRIALS = new LinkedHashMap<>();

  @BeforeAll
  static void run() {
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, BEHAVES, TestMethods.Shrinks.class, 0.5);
    for (Act act : Act.values()) {
      TestMethods.jar(plugins, id(act), HostileMethods.Acts.class, act.strength());
    }
    HANGING.forEach((id, method) -> TestMethods.jar(plugins, id, method, 0.5));
    TestMethods.jar(plugins, "spoils", HostileMethods.Spoils.class, 0.5);
    TinySuite.run(
        TinySuite.suite(List.of(0L), AMPLE_SECONDS, BEHAVES),
        plugins,
        folder.resolve("undisturbed"),
        folder.resolve("cache"));
    undisturbed = TinySuite.lasting(folder.resolve("undisturbed"));
    List<String> acts =
        new ArrayList<>(Arrays.stream(Act.values()).map(HostileMethodsTest::id).toList());
    acts.add(BEHAVES); // last: after all harm is done
    run("acts", AMPLE_SECONDS, inThisProcess("acts", 1), acts);
    List<String> hanging = List.copyOf(HANGING.keySet());
    run("hanging", FEW_SECONDS, inThisProcess("hanging", hanging.size()), hanging);
    Path spoilt = folder.resolve("spoilt");
    run(
        "spoilt",
        AMPLE_SECONDS,
        TinySuite.inProcesses(spoilt, folder.resolve("cache"), 1),
        List.of("spoils"));
  }

  private static RunSettings inThisProcess(String out, int workers) {
    return new RunSettings(
        folder.resolve(out),
        folder.resolve("cache"),
        folder,
        (threads, place, log) -> new LocalWorkers(workers, InProcessWorker::new),
        false);
  }

  private static void run(String out, double budget, RunSettings settings, List<String> methods) {
    TinySuite.prepared(
            TinySuite.suite(List.of(0L), budget, methods.toArray(String[]::new)),
            folder.resolve("plugins"),
            settings,
            LISTENER)
        .execute();
    TinySuite.trials(folder.resolve(out))
        .values()
        .forEach(trial -> TRIALS.put(trial.identity().method(), trial));
  }

  private static String id(Act act) {
    return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static TrialOutcome outcome(String method) {
    return TRIALS.get(method).outcome();
  }

  /** What it throws is its reason, never the machine's failure, whoever's name it takes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SAYS_IN_JAVAS_NAME_THAT_A_DISK_IS_FULL       | 2 | IOException: No space left on device
          SAYS_IN_DJLS_NAME_THAT_MEMORY_IS_FULL        | 2 | EngineException: Error code 12 (Cannot allocate memory)
          SAYS_IN_OUR_NAME_THAT_NOTHING_CAN_BE_WRITTEN | 2 | cannot write the model
          LETS_US_SAY_IT                               | 0 | no-such/model
          SAYS_IT_DEEP_INSIDE                          | 2 | IllegalStateException: outside
          SAYS_THAT_THE_USER_INTERRUPTED               | 0 | interrupted
          THROWS_AN_INTERRUPT                          | 0 | InterruptedException: stop
          THROWS_THE_DEATH_OF_A_THREAD                 | 0 | ThreadDeath
          OVERFLOWS_THE_STACK                          | 0 | StackOverflowError
          THROWS_WHAT_THROWS_WHEN_IT_IS_LOOKED_AT      | 0 | Untouchable: its message cannot be read
          THROWS_CAUSES_WITHOUT_END                    | 0 | Endless
          """)
  void whatAMethodThrowsIsItsReason(Act act, int triedAgain, String reason) {
    assertEquals(TrialOutcome.Failed.class, outcome(id(act)).getClass());
    String explanation = outcome(id(act)).explanation();
    assertTrue(explanation.contains(reason), explanation);
    List<String> lines =
        LISTENER.warnings().stream().filter(line -> line.contains(" " + id(act))).toList();
    assertEquals(triedAgain + 1, lines.size(), lines.toString());
    assertEquals(
        "trial failed: tiny-noise seed 0, %s {strength=%s}: %s"
            .formatted(id(act), act.strength(), explanation),
        lines.get(triedAgain));
  }

  @Test
  void anInterruptThatAMethodLeavesReachesNobody() {
    assertTrue(TRIALS.get(id(Act.LEAVES_AN_INTERRUPT)).isValid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hangs-as-a-class", "hangs-in-constructor", "hangs-when-asked"})
  void whatHangsBeforeItsWorkHasTheSameBudget(String method) {
    assertEquals(new TrialOutcome.TimedOut("no result within the budget of 1 s"), outcome(method));
  }

  /**
   * Its streams, settings, threads and hooks are gone with its process, and its result is there.
   */
  @Test
  void aMethodThatSpoilsItsProcessSpoilsNothingElse() {
    TrialResult spoils = TRIALS.get("spoils");
    assertTrue(spoils.isValid(), spoils.outcome().toString());
    assertEquals(TRIALS.get(BEHAVES).mitigatedHash(), spoils.mitigatedHash());
  }

  @Test
  void whatBehavesIsAsInAnUndisturbedRun() {
    Map<String, String> all = TinySuite.lasting(folder.resolve("acts"));
    undisturbed.forEach((id, result) -> assertEquals(result, all.get(id)));
  }
}
