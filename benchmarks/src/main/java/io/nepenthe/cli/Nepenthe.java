package io.nepenthe.cli;

import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The {@code nepenthe} command. */
@Command(
    name = "nepenthe",
    description = "Measures how well methods make language models forget text they memorized.",
    mixinStandardHelpOptions = true,
    versionProvider = Nepenthe.Version.class,
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      TrialCommand.class,
      CollectCommand.class,
      SimulateCommand.class,
      ReportCommand.class,
      LeaderboardCommand.class,
      BoardCommand.class,
      SubmitCommand.class,
      VerifyCommand.class,
      KeysCommand.class,
      CompareCommand.class,
      TimeCommand.class,
      ChallengeCommand.class,
      EnergyCommand.class,
      TrainCommand.class,
      InspectCommand.class,
      FindMemorizedCommand.class,
      ScoreCommand.class,
      ApplyCommand.class,
      MitigateCommand.class,
      LandscapeCommand.class,
      MetricsCommand.class,
      ModelCommand.class,
      PluginsCommand.class,
      SuitesCommand.class,
      DataCommand.class,
      DoctorCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:internal error",
      "2:an option or argument is wrong",
      "3:a suite is missing, broken, or asks for what is not there",
      "4:a plugin is rejected",
      "5:a model folder is damaged or of another kind",
      "6:a data file is damaged or does not fit the model",
      "7:stored results are missing or damaged",
      "8:a folder or file cannot be read or written",
      "9:the run is complete, but some trials failed",
      "10:the run is incomplete: a model could not be trained or measured, or the machine failed a trial",
      "11:compare found something that got worse",
      "12:the trials are complete, but a winner could not be timed; the same command tries again",
      "13:an archive or a signature is not to be believed",
      "14:nothing of an archive is wrong, but a question is open",
      "15:something is missing: here, as doctor finds, or the unit that a trial stands on",
      "130:interrupted; the same command continues"
    },
    footer = {
      "",
      "Environment: NEPENTHE_HOME moves the cache folder (default ~/.cache/nepenthe);",
      "NEPENTHE_DATA names further folders of corpora, models and rows;",
      "NEPENTHE_DEBUG=1 prints stack traces; NEPENTHE_JAVA_OPTS is passed to the JVM."
    })
public final class Nepenthe implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // digits, separators and capitals are the same everywhere
    CorpusPlaces.keepEngineInCache();
    ParentWatch.start();
    Thread signalled =
        new Thread(
            () -> System.err.println("nepenthe: interrupted; the same command continues"),
            "say-interrupted");
    Runtime.getRuntime().addShutdownHook(signalled);
    int code = executeWithEngine(arguments);
    try {
      Runtime.getRuntime().removeShutdownHook(signalled);
    } catch (IllegalStateException e) {
      return; // a signal ends this process: its exit code stands
    }
    System.exit(code);
  }

  /** A libtorch that cannot be used is told of before it is loaded, and by what looks for that. */
  private static int executeWithEngine(String[] arguments) {
    try {
      if (!List.of(arguments).contains(DoctorCommand.NAME)) {
        CorpusPlaces.useInstalledEngine();
      }
    } catch (NepentheException e) {
      return report(e);
    }
    return execute(arguments);
  }

  /** Runs the command and returns its exit code. */
  static int execute(String... arguments) {
    try {
      return new CommandLine(new Nepenthe())
          .setExecutionExceptionHandler((e, line, result) -> report(e))
          .setParameterExceptionHandler((e, given) -> report(e))
          .registerConverter(Path.class, Nepenthe::path)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .execute(arguments);
    } catch (Error | RuntimeException e) { // picocli hands on exceptions only
      return report(e);
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  /** An unset variable is no place, and the shell's sign for the home folder no folder's name. */
  private static Path path(String given) {
    if (given.isBlank()) {
      throw new TypeConversionException("it is empty: name a file or folder");
    }
    if (given.equals("~") || given.startsWith("~/")) {
      throw new TypeConversionException(
          "the shell has left '~' as it is: write the home folder out, or ./~ if that is its name");
    }
    try {
      return Path.of(given);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + given + "' is no path here: " + e.getReason());
    }
  }

  private static int report(Throwable e) {
    if (System.getenv("NEPENTHE_DEBUG") != null) {
      e.printStackTrace();
    }
    Failure failure = Failure.of(e);
    Console.warn(failure.line());
    return failure.exitCode();
  }

  private static int report(ParameterException e) {
    Console.warn(
        e.getMessage().lines().findFirst().orElse("")
            + ". See '"
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help'.");
    return ErrorCode.BAD_USAGE.exitCode();
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"nepenthe, protocol " + ProtocolVersion.CURRENT};
    }
  }
}
