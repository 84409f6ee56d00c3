package io.nepenthe.cli;

import io.nepenthe.leaderboard.Leaderboard;
import io.nepenthe.leaderboard.LeaderboardWriter;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ranks methods over the stored results of any number of runs. */
@Command(
    name = "leaderboard",
    description = {
      "Ranks methods per task and overall from the stored results of any number of runs.",
      "Writes leaderboard.html (one self-contained page), leaderboard.json and " + "leaderboard.md."
    },
    mixinStandardHelpOptions = true)
final class LeaderboardCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "The --out folders of runs. Where several hold a result of one entry and seed, that of the"
              + " first counts.")
  private List<Path> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder to write to: a new or empty one, or that of an earlier leaderboard, which is"
              + " replaced.")
  private Path out = Path.of(".");

  @Mixin private KnownJarsOption known = new KnownJarsOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    LeaderboardWriter.requireOwn(out);
    List<StoredRun> runs = folders.stream().map(StoredRuns::read).toList();
    Leaderboard leaderboard = Leaderboard.of(runs, known.jars());
    try {
      LeaderboardWriter.write(leaderboard, out);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write to " + out + " (" + e + "). Give --out a folder you may write to.",
          e);
    }
    json.print(leaderboard, LeaderboardText.of(leaderboard));
    System.err.println("leaderboard: " + out.resolve(LeaderboardWriter.PAGE));
    return Lack.exitCode(runs.stream().map(StoredRun::completeness).toList());
  }
}
