package io.nepenthe.cli;

import io.nepenthe.json.Json;
import io.nepenthe.plan.PlanFolder;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.NodeRun;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.run.UnitReport;
import io.nepenthe.run.WorkUnit;
import io.nepenthe.runstore.SharedRun;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does units of a plan. */
@Command(
    name = "trial",
    description = {
      "Does one unit of a plan, or several, one after the other.",
      "What is done already is not repeated. The same unit may be done twice or at the same time,"
          + " on two machines, into one shared folder or into two. Exit code 0 says that all results"
          + " of the units are there, those of failed trials too; 15, that a unit stands on one that"
          + " is not done; of several units, the first code that is not 0 counts."
    },
    mixinStandardHelpOptions = true)
final class TrialCommand implements Callable<Integer> {
  @Option(
      names = "--plan",
      required = true,
      paramLabel = "PLAN",
      description = "Folder that 'plan' wrote.")
  private Path plan = Path.of(".");

  @Option(
      names = "--index",
      required = true,
      paramLabel = "I",
      description = "Number of the unit; or several, like 3,7-9.")
  private String index = "";

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description =
          "Folder of the results, which may be shared by all machines (default: run in PLAN).")
  private @Nullable Path run;

  @Mixin private SandboxOption sandbox = new SandboxOption();

  @Option(names = "--retry-failed", description = "Run trials that failed before once more.")
  private boolean retryFailed;

  @Option(names = "--json", description = "Print a line of JSON a unit, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    PlanFolder folder = PlanFolder.read(plan.toAbsolutePath(), Console::warn);
    List<WorkUnit> units = folder.units(IndexRanges.parse(index));
    RunPlan runPlan = folder.plan();
    Suite suite = runPlan.suite();
    Provenance here = ProvenanceReader.read(Places.home(), suite.device(), suite.threads());
    folder.requireProgram(here);
    SharedRun results =
        folder.open(run == null ? folder.usualRun() : run.toAbsolutePath(), Console::warn);
    int code = 0;
    try (Console console = new Console();
        NodeRun node =
            new NodeRun(runPlan, settings(suite, results, units.get(0)), here, results, console)) {
      for (WorkUnit unit : units) {
        UnitReport report = node.run(unit);
        System.out.println(json ? Json.line(report) : text(report, unit));
        System.out.flush();
        code = code == 0 ? report.exitCode() : code;
      }
    }
    return code;
  }

  private RunSettings settings(Suite suite, SharedRun results, WorkUnit first) {
    return new RunSettings(
        Places.scratch(),
        Places.cache(),
        Places.home(),
        Devices.processes(suite, 1, sandbox.workers(1)),
        retryFailed,
        results.folder().resolve("logs").resolve("unit-" + first.index() + ".log"));
  }

  private static String text(UnitReport report, WorkUnit unit) {
    return report.message() == null
        ? "unit %d (%s): %s"
            .formatted(
                unit.index(),
                unit.inWords(),
                Json.mapper().convertValue(report.state(), String.class))
        : "unit %d: %s".formatted(unit.index(), report.message());
  }
}
