package io.nepenthe.cli;

import io.nepenthe.original.Checkpoint;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a suite's original models into the cache. */
@Command(
    name = "train",
    description =
        "Trains the original models of a suite into the cache; resumes what was interrupted.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Mixin private SuiteOptions suite = new SuiteOptions();

  @Option(names = "--task", paramLabel = "T", description = "Only this task.")
  private @Nullable String task;

  @Option(names = "--seed", paramLabel = "S", description = "Only this seed.")
  private @Nullable Long seed;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    Suite chosen = suite.read();
    List<TaskSpec> tasks =
        task == null ? chosen.tasks() : List.of(RunPlan.withoutMethods(chosen).task(task));
    List<Map<String, Object>> trained = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    try (Console console = new Console()) {
      for (TaskSpec each : tasks) {
        for (long s : seed == null ? chosen.seeds() : List.of(seed)) {
          Checkpoint checkpoint = Originals.trained(chosen, each, s, console);
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("task", each.id());
          entry.put("seed", s);
          entry.put("seconds", checkpoint.record().seconds());
          entry.put("folder", checkpoint.folder().toString());
          trained.add(entry);
          text.append(each.id()).append(" seed ").append(s).append(": ");
          text.append(checkpoint.folder()).append('\n');
        }
      }
    }
    json.print(trained, text.toString());
    return 0;
  }
}
