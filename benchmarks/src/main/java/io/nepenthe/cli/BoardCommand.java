package io.nepenthe.cli;

import io.nepenthe.leaderboard.BoardSite;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the site of a board from its archives. */
@Command(
    name = "board",
    description = {
      "Makes the site of a board: a folder of submitted archives with a board.yaml that says which"
          + " suites, seeds, tiers and keys count.",
      "The same folder gives the same site, byte for byte: a page of places, a page and a badge for"
          + " each entry, and what every archive changed. Nothing in the folder is written."
    },
    mixinStandardHelpOptions = true)
final class BoardCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "Folder with board.yaml and the archives.")
  private Path folder = Path.of(".");

  @Option(
      names = "--out",
      paramLabel = "SITE",
      required = true,
      description =
          "Folder of the site: a new or empty one, or that of an earlier site, which is replaced.")
  private Path out = Path.of(".");

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    BoardSite.requireOwn(out);
    BoardFolder board = new BoardFolder(folder);
    BoardSite site = board.site(KnownJarsOption.shipped());
    try {
      site.write(out);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write to " + out + " (" + e + "). Give --out a folder you may write to.",
          e);
    }
    json.print(site.leaderboard(), LeaderboardText.of(site.leaderboard()));
    site.refusals().forEach(line -> System.err.println("nepenthe: not placed: " + line));
    board
        .unlisted()
        .forEach(
            name ->
                System.err.println(
                    "nepenthe: " + name + " lies in the folder, and board.yaml does not list it"));
    System.err.println("board: " + out.resolve("index.html"));
    return board.unreadable().isEmpty() ? 0 : ErrorCode.STORE_CORRUPT.exitCode();
  }
}
