package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.provenance.SandboxUse;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.sandbox.Containment;
import io.nepenthe.sandbox.SandboxChoice;
import io.nepenthe.sandbox.SandboxOffer;
import io.nepenthe.sandbox.SandboxProbe;
import io.nepenthe.suite.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps workers within bounds, and that it changes nothing else. */
class SandboxedRunTest {
  private static final long MEMORY = 768L << 20;

  @TempDir private Path folder;

  @Test
  void aMethodThatHoldsTooMuchMemoryIsEndedWithThatReason() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "the system tells no memory");
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "hoards", TestMethods.Hoards.class, 0.5);
    Path out = folder.resolve("out");
    Listener listener =
        TinySuite.runInProcesses(
            TinySuite.suite(List.of(0L), 120, "hoards"),
            plugins,
            out,
            folder.resolve("cache"),
            Containment.OFF,
            MEMORY);
    assertEquals(1, listener.warnings().size(), listener.warnings().toString());
    TrialResult trial = TinySuite.trials(out).values().iterator().next();
    String reason = trial.outcome().explanation();
    assertTrue(trial.outcome().hasFailed());
    assertTrue(
        reason.matches("it held [0-3]\\.\\d\\d GiB of memory, of which --memory allows 0\\.75"),
        reason);
  }

  @Test
  void aMethodReachesWhatItIsGivenOnlyAndOthersGiveTheSameToTheBit() {
    String path = System.getenv("PATH");
    SandboxOffer offer = new SandboxProbe(path == null ? "" : path).offer();
    assumeTrue(offer.sandbox().contains(), offer.lack());
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01);
    TestMethods.jar(plugins, "intrudes", TestMethods.Intrudes.class, 0.5);
    Suite suite = TinySuite.suite(List.of(0L), 120, "shrinks", "fades");
    Path cache = folder.resolve("cache");
    TinySuite.runInSilence(suite, plugins, folder.resolve("plain"), cache);

    Path out = folder.resolve("contained");
    Listener listener =
        TinySuite.runInProcesses(
            TinySuite.suite(List.of(0L), 120, "shrinks", "fades", "intrudes"),
            plugins,
            out,
            cache,
            new Containment(SandboxChoice.AUTO, offer.sandbox()),
            Long.MAX_VALUE);

    assertEquals(1, listener.warnings().size(), listener.warnings().toString());
    Map<String, TrialResult> trials = TinySuite.trials(out);
    TrialResult intruder =
        trials.values().stream()
            .filter(trial -> trial.identity().method().equals("intrudes"))
            .findAny()
            .orElseThrow();
    assertEquals(new TrialOutcome.Failed("IllegalStateException: reached []"), intruder.outcome());
    assertEquals(new SandboxUse("auto", offer.sandbox().name()), intruder.provenance().sandbox());
    Map<String, String> others = TinySuite.lasting(out);
    others.remove(intruder.id());
    assertEquals(TinySuite.lasting(folder.resolve("plain")), others);
  }
}
