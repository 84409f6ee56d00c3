package io.nepenthe.cli;

import io.nepenthe.challenge.WinnerChallenges;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.StoredRun;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Challenges the winners of a run, or goes on where that was. */
@Command(
    name = "challenge",
    description = {
      "Challenges the winners of a run: does what they forgot come back? Renews the report.",
      "What has a result is not challenged again: the same command continues. Suite and plugins"
          + " are those that the run holds."
    },
    mixinStandardHelpOptions = true)
final class ChallengeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The --out folder of the run.")
  private Path folder = Path.of(".");

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      description =
          "Name of a suite, or path of a .yaml file: the run takes over its challenges, and"
              + " nothing else of it.")
  private @Nullable String suite;

  @Option(names = "--again", description = "Challenge what has a result once more, too.")
  private boolean again;

  @Mixin private WorkerOption workers = new WorkerOption();
  @Mixin private SandboxOption sandbox = new SandboxOption();
  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    try (Console console = new Console()) {
      RunStore store = new RunStore(folder.toAbsolutePath(), console::warned);
      RunFile run = store.definition();
      try (RunLock held = RunLock.take(store.folder())) {
        Suite challenged = challenged(run);
        RunPlan plan = RunPlan.of(challenged, RunPlan.keptPlugins(run, store.folder()));
        if (!challenged.equals(run.suite())) {
          store.put(RunFile.of(challenged, run.methods(), run.secondsByPhase(), run.provenance()));
        }
        try {
          challenge(plan, store, console);
        } catch (NepentheException e) {
          if (e.code() == ErrorCode.RUN_INCOMPLETE) {
            publish(store, held); // with the results that there are
          }
          throw e;
        }
        return publish(store, held);
      }
    }
  }

  private Suite challenged(RunFile run) {
    Suite held = run.suite();
    Suite challenged =
        suite == null
            ? held
            : held.challengedBy(SuiteOptions.read(suite, held.fidelity()).challenges());
    if (challenged.challenges().isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          (suite == null ? "the suite of the run in " + folder : "suite " + suite)
              + " names no challenges. Write them into a suite (challenges: ...) and name it by"
              + " --suite.");
    }
    return challenged;
  }

  private void challenge(RunPlan plan, RunStore store, Console console) {
    RunSettings settings =
        new RunSettings(
            store.folder(),
            Places.cache(),
            Places.home(),
            workers.on(plan.suite(), sandbox),
            false);
    new WinnerChallenges(plan, settings, store, console, new PhaseClock()).challenge(again);
  }

  private int publish(RunStore store, RunLock held) {
    StoredRun run = Publishing.publish(store, held);
    json.print(run.summary(), SummaryText.of(run));
    Lack.tell(run.completeness(), folder);
    return Lack.exitCode(List.of(run.completeness()));
  }
}
