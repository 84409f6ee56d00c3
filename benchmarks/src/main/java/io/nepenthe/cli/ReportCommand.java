package io.nepenthe.cli;

import static java.util.stream.Collectors.toMap;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.report.ReportWriter;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.StoredRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of stored results: of one run again, or of several as one. */
@Command(
    name = "report",
    description = {
      "Writes tables, charts and page from stored results alone: a run's own again, or "
          + "one report of several runs of a suite, of one machine or several."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "The --out folders of runs. Where several hold a result, that of the first is kept.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the report: a new or empty one, or that of an earlier report, which is replaced"
              + " (default: report in the folder of a single run).")
  private @Nullable Path out;

  @Mixin private AllowOldOption old = new AllowOldOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    List<RunStore> stores =
        folders.stream()
            .collect(
                toMap(f -> f.toAbsolutePath().normalize(), f -> f, (a, b) -> a, LinkedHashMap::new))
            .values()
            .stream()
            .map(old::store)
            .toList();
    Path place = place(stores);
    StoredRun run =
        out == null ? publish(stores.get(0)) : Publishing.merge(stores, place, Console::warn);
    json.print(run.summary(), SummaryText.of(run));
    System.err.println("report: " + place.resolve("index.html"));
    Lack.tell(run.completeness(), stores.size() == 1 ? stores.get(0).folder() : "the union");
    return Lack.exitCode(List.of(run.completeness()));
  }

  private static StoredRun publish(RunStore store) {
    store.info();
    try (RunLock held = RunLock.take(store.folder())) {
      return Publishing.publish(store, held);
    }
  }

  private static void requireWritable(Path run) {
    if (Files.isDirectory(run) && !Files.isWritable(run)) {
      throw new NepentheException(
          ErrorCode.IO,
          run + " cannot be written to. Give --out a folder, and the report goes there.");
    }
  }

  private Path place(List<RunStore> stores) {
    if (out == null && stores.size() > 1) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "a report of several runs needs a folder of its own. Give it one by --out.");
    }
    if (out == null) {
      requireWritable(stores.get(0).folder());
      return Publishing.page(stores.get(0)).getParent();
    }
    if (Files.exists(out.resolve("run.json"))) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, out + " holds a run. Give --out a folder of its own.");
    }
    ReportWriter.requireOwn(out);
    return out;
  }
}
