package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.provenance.SandboxUse;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.sandbox.Containment;
import io.nepenthe.sandbox.SandboxChoice;
import io.nepenthe.sandbox.SandboxOffer;
import io.nepenthe.sandbox.SandboxProbe;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sandbox changes for a run, where the machine has one: nothing but who reaches what. */
class SandboxedRunTest {
  @TempDir private Path folder;

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
        TinySuite.runContained(
            TinySuite.suite(List.of(0L), 120, "shrinks", "fades", "intrudes"),
            plugins,
            out,
            cache,
            new Containment(SandboxChoice.AUTO, offer.sandbox()));

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
