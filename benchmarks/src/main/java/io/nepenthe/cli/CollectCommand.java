package io.nepenthe.cli;

import io.nepenthe.plan.Collection;
import io.nepenthe.plan.PlanFolder;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.wording.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one run of what machines left. */
@Command(
    name = "collect",
    description = {
      "Makes one run of what the units of a plan left, in one folder or in many, and reports it.",
      "Every result is checked by its seal, and by hashes against the plan, its jars and its"
          + " program; what is not of the plan is named and not taken. Where results are absent, the"
          + " units that leave them are named."
    },
    mixinStandardHelpOptions = true)
final class CollectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLAN", description = "Folder that 'plan' wrote.")
  private Path plan = Path.of(".");

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description =
          "Folder that units left results in; may be given again and again, and the first goes"
              + " before the others (default: run in PLAN).")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the whole run (default: the first of --run).")
  private @Nullable Path out;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    PlanFolder folder = PlanFolder.read(plan.toAbsolutePath(), Console::warn);
    List<Path> sources =
        runs.isEmpty()
            ? List.of(folder.usualRun())
            : runs.stream().map(run -> run.toAbsolutePath().normalize()).distinct().toList();
    Path whole = out == null ? sources.get(0) : out.toAbsolutePath().normalize();
    Collection collection = new Collection(folder, whole, Console::warn);
    try (RunLock held = RunLock.take(whole)) {
      collection.add(whole);
      sources.stream().filter(source -> !source.equals(whole)).forEach(collection::add);
      collection.finish();
      StoredRun stored = Publishing.publish(new RunStore(whole, Console::warn), held);
      json.print(stored.summary(), SummaryText.of(stored));
      return conclude(folder, collection, stored, whole);
    }
  }

  private int conclude(PlanFolder folder, Collection collection, StoredRun stored, Path whole) {
    SortedSet<Integer> left = collection.left(stored.completeness());
    System.err.println("report: " + whole.resolve("report").resolve("index.html"));
    if (collection.copied() > 0) {
      System.err.println("copied: " + Words.count(collection.copied(), "result"));
    }
    if (!folder.definition().suite().challenges().isEmpty()) {
      System.err.println("its suite names challenges: nepenthe challenge " + whole);
    }
    collection.refusals().forEach(Console::warn);
    if (!left.isEmpty()) {
      Console.warn(
          "%s of the plan left: nepenthe trial --plan %s --index %s"
              .formatted(Words.count(left.size(), "unit"), plan, IndexRanges.text(left)));
    }
    if (!collection.refusals().isEmpty()) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          "what is named above is not of the plan: find out which machine left it, and do not trust"
              + " its other results. All else was taken.");
    }
    int failed = Lack.failed(stored, "'trial' with --retry-failed runs them again");
    return left.isEmpty() ? failed : ErrorCode.RUN_INCOMPLETE.exitCode();
  }
}
