package io.nepenthe.cli;

import io.nepenthe.plan.JobFiles;
import io.nepenthe.plan.PlanFile;
import io.nepenthe.plan.PlanFolder;
import io.nepenthe.plan.Scheduler;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.Suite;
import io.nepenthe.wording.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Cuts a suite into units for many machines. */
@Command(
    name = "plan",
    description = {
      "Writes a suite down as units that many machines do, each by 'trial'.",
      "The folder holds all that a machine needs beside the program and the models that a unit"
          + " stands on: definition, jars and units, by their hashes. Nothing is trained or run."
    },
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin private SuiteOptions suite = new SuiteOptions();
  @Mixin private PartOptions part = new PartOptions();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "PLAN",
      description = "Folder of the plan: a new one, an empty one, or that of the same plan.")
  private Path out = Path.of(".");

  @Mixin private PluginsOption plugins = new PluginsOption();

  @Option(
      names = "--emit",
      split = ",",
      paramLabel = "S",
      description =
          "Write job files for a scheduler, too: slurm, pbs, kubernetes or nextflow; several joined"
              + " by commas.")
  private List<Scheduler> schedulers = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "With --emit: about how many jobs there are at most of original models, and of what stands"
              + " on them; where there are more units, a job does several (default: 1000).")
  private int jobs = 1000;

  @Option(
      names = "--gpu",
      description =
          "With --emit: each job asks for a GPU, also where the suite does not say that it runs on"
              + " one.")
  private boolean gpu;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    PluginCatalog catalog = suite.plugins(plugins.path());
    catalog.rejections().forEach(Console::warn);
    RunPlan plan = RunPlan.of(part.of(suite.read(), catalog), catalog);
    Provenance here =
        ProvenanceReader.read(Places.home(), plan.suite().device(), plan.suite().threads());
    if (jobs < 1) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, "--jobs is " + jobs + ", must be at least 1.");
    }
    PlanFolder folder = PlanFolder.write(plan, here, out.toAbsolutePath());
    json.print(folder.file(), text(folder.file()));
    emit(folder, plan.suite());
    return 0;
  }

  private void emit(PlanFolder folder, Suite planned) {
    JobFiles files =
        new JobFiles(
            folder.units(),
            planned.threads(),
            Places.home().resolve("nepenthe"),
            jobs,
            gpu || !"cpu".equals(planned.device()));
    for (Scheduler scheduler : schedulers) {
      System.err.println("start it by: " + files.write(scheduler, folder.folder()));
    }
  }

  private String text(PlanFile file) {
    return "%s: %s (%d original models, then %d others), %s%n"
        .formatted(
            out,
            Words.count(file.units(), "unit"),
            file.phases().get(0),
            file.phases().get(1),
            Words.count(file.trials(), "trial"));
  }
}
