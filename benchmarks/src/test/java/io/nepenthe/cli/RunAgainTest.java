package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.nepenthe.files.Folders;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.report.view.RepeatCommand;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.testkit.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.Extension;

/**
 * A run is repeated from its folder alone: on another machine, and where the suite was the user's
 * own file, joined by a method of a stranger's jar, and both are gone.
 */
class RunAgainTest {
  /** How much of the weights is left. */
  public record Strength(double strength) {}

  /** Scales every weight down by the strength. */
  @Extension
  public static final class Fades implements Unlearning<Strength> {
    @Override
    public Class<Strength> hyperparameters() {
      return Strength.class;
    }

    @Override
    public void mitigate(Strength hyperparameters, MitigationContext context) {
      NDArray flat = context.weights().flat();
      flat.muli(1 - (float) hyperparameters.strength());
    }
  }

  private static final String DESCRIPTOR =
      """
      {
        "name": "Fades", "family": "unlearning", "edits": "all", "summary": "For tests.",
        "paper": {
          "title": "None", "authors": "Nobody", "year": 2024,
          "url": "https://example.org", "section": "none"
        },
        "needs": ["forget-set"],
        "hyperparameters": {
          "strength": {
            "type": "real", "min": 0, "max": 1, "default": 0.5, "affects": "edit",
            "description": "how much"
          }
        },
        "grids": { "math": { "strength": [0.001, 0.002] } }
      }
      """;

  private static final Pattern COMMAND = Pattern.compile("\\./nepenthe (run [^<]+)</code>");

  @TempDir private static Path here;
  private static Path out;

  @TempDir private Path elsewhere;
  private Path moved;

  @BeforeAll
  static void run() throws IOException {
    Path jars = here.resolve("jars");
    new PluginJarBuilder("fades", Fades.class)
        .classes(Strength.class)
        .descriptor(DESCRIPTOR)
        .build(jars);
    Path file = Files.writeString(here.resolve("mine.yaml"), NepentheTest.MEMORIZING);
    out = here.resolve("out");
    CommandLineRun run =
        CommandLineRun.of(
            here,
            "run",
            file.toString(),
            "--add",
            "fades",
            "--methods",
            "fades",
            "--plugins",
            jars.toString(),
            "--out",
            out.toString(),
            "--no-timing");
    assertEquals(0, run.exitCode(), run.err());
    Files.delete(file);
    Folders.delete(jars);
  }

  @BeforeEach
  void move() throws IOException {
    moved = elsewhere.resolve("moved");
    FolderCopy.of(out, moved);
  }

  private CommandLineRun there(String... arguments) {
    return CommandLineRun.of(elsewhere, arguments);
  }

  private static List<TrialResult> trials(Path run) {
    return new RunStore(
            run,
            line -> {
              throw new AssertionError(line);
            })
        .trials();
  }

  /**
   * Returns the arguments of the command that the page of the method's trials prints for a seed.
   */
  private List<String> printed(long seed) throws IOException {
    Path page = moved.resolve("report/trials/tiny-noise_fades.html");
    Matcher commands = COMMAND.matcher(Files.readString(page));
    return commands
        .results()
        .map(found -> found.group(1))
        .filter(command -> command.contains("--seeds " + seed))
        .map(command -> command.replace(RepeatCommand.FOLDER, moved.toString()))
        .map(command -> Arrays.asList(command.split(" ", -1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePrintedCommandRepeatsAPartFromTheFolderAlone() throws IOException {
    Path again = elsewhere.resolve("again");
    String[] arguments =
        Stream.concat(printed(1).stream(), Stream.of("--out", again.toString(), "--no-timing"))
            .toArray(String[]::new);
    CommandLineRun run = there(arguments);
    assertEquals(0, run.exitCode(), run.err());
    List<TrialResult> before =
        trials(moved).stream().filter(trial -> trial.identity().seed() == 1).toList();
    List<TrialResult> after = trials(again);
    assertEquals(2, after.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(before.get(i).id(), after.get(i).id(), "nothing that matters is different");
      assertEquals(before.get(i).after(), after.get(i).after());
      assertEquals(before.get(i).mitigatedHash(), after.get(i).mitigatedHash());
    }
  }

  @Test
  void aMovedRunIsReportedAndTimedByWhatItHolds() {
    assertEquals(0, there("report", moved.toString()).exitCode());
    assertEquals(0, there("train", moved.toString()).exitCode(), "the models are not here yet");
    CommandLineRun timed = there("time", moved.toString(), "--device", "cpu", "--forks", "1");
    assertEquals(0, timed.exitCode(), timed.err());
    assertTrue(Files.exists(moved.resolve("timing/tiny-noise_fades.json")), timed.err());
  }
}
