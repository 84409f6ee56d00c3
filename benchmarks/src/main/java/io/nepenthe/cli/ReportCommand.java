package io.nepenthe.cli;

import io.nepenthe.runstore.RunStore;
import io.nepenthe.selection.StoredRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a run's report again from its stored results. */
@Command(
    name = "report",
    description = "Writes tables, charts and summary of a run from its stored results alone.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The --out folder of a run.")
  private Path folder = Path.of(".");

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    RunStore store = new RunStore(folder, line -> System.err.println("nepenthe: " + line));
    StoredRun run = Publishing.publish(store);
    json.print(run.summary(), SummaryText.of(run));
    System.err.println("report: " + Publishing.page(store));
    return 0;
  }
}
