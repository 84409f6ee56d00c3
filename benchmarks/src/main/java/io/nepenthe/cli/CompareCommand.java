package io.nepenthe.cli;

import io.nepenthe.comparison.RunComparison;
import io.nepenthe.comparison.Thresholds;
import io.nepenthe.comparison.Verdict;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.summary.StoredRun;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what changed between two runs; the exit code says whether anything got worse. */
@Command(
    name = "compare",
    description = {
      "Shows what changed from run A to run B: memorization, utility and time of every "
          + "method they share, paired by seed.",
      "A change counts if it is beyond the threshold and, with three common seeds or "
          + "more, its 95 %% interval lies on one side of 0; with fewer, the threshold decides. "
          + "Times compare only on one class of machines. Exits with 11 if anything got worse."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "The --out folder of the run before.")
  private Path before = Path.of(".");

  @Parameters(index = "1", paramLabel = "B", description = "The --out folder of the run after.")
  private Path after = Path.of(".");

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description =
          "Points of %% memorized and of accuracy, per cent of perplexity (default:"
              + " ${DEFAULT-VALUE}).")
  private double threshold = 1;

  @Option(
      names = "--time-threshold",
      paramLabel = "T",
      description =
          "Per cent of a time (default: ${DEFAULT-VALUE}); less than a millisecond never counts.")
  private double timeThreshold = 10;

  @Mixin private AllowOldOption old = new AllowOldOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    requireNotNegative("--threshold", threshold);
    requireNotNegative("--time-threshold", timeThreshold);
    StoredRun first = StoredRuns.read(old.store(before));
    StoredRun second = StoredRuns.read(old.store(after));
    RunComparison comparison =
        RunComparison.of(first, second, new Thresholds(threshold, timeThreshold));
    json.print(comparison, ComparisonText.of(comparison));
    if (comparison.verdict() == Verdict.INCOMPARABLE) {
      throw Usage.of("compare", "nothing of " + before + " and " + after + " compares");
    }
    return comparison.isWorse()
        ? ErrorCode.GOT_WORSE.exitCode()
        : Lack.exitCode(List.of(first.completeness(), second.completeness()));
  }

  private static void requireNotNegative(String option, double value) {
    if (!(value >= 0)) {
      throw Usage.of("compare", option + " is " + value + ", must be at least 0");
    }
  }
}
