package io.nepenthe.cli;

import io.nepenthe.protocol.Fidelity;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a model to Hugging Face. */
@Command(
    name = "export",
    description = {
      "Writes a model as a folder that Hugging Face's transformers loads, and nothing "
          + "beside it: no state of an optimizer, no record of its training.",
      "With --task and --seed the model is an original of a suite, trained if it is not "
          + "in the cache."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SOURCE",
      description = "Folder of a checkpoint or model; with --task, a suite.")
  private String source = "";

  @ArgGroup(exclusive = false)
  private @Nullable Original original;

  @Mixin private ModelCopy copy = new ModelCopy();

  /** Which model of a suite. */
  static final class Original {
    @Option(names = "--task", paramLabel = "T", required = true, description = "Id of a task.")
    private String task = "";

    @Option(names = "--seed", paramLabel = "S", required = true, description = "A run seed.")
    private long seed;

    @Option(
        names = "--fidelity",
        paramLabel = "F",
        description = "clean or reference, in place of what the suite says.")
    private @Nullable Fidelity fidelity;
  }

  @Override
  public Integer call() {
    copy.requireFree();
    copy.write(original == null ? Path.of(source) : trained(original));
    return 0;
  }

  private Path trained(Original asked) {
    Suite suite = SuiteOptions.read(source, asked.fidelity);
    try (Console console = new Console()) {
      return Originals.trained(
              suite, RunPlan.withoutMethods(suite).task(asked.task), asked.seed, console)
          .folder();
    }
  }
}
