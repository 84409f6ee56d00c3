package io.nepenthe.cli;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.corpus.Corpora;
import io.nepenthe.estimate.Estimator;
import io.nepenthe.estimate.RunEstimate;
import io.nepenthe.files.Folders;
import io.nepenthe.mitigation.Mitigation;
import io.nepenthe.mitigation.MitigationClock;
import io.nepenthe.mitigation.MitigationFolder;
import io.nepenthe.mitigation.MitigationRun;
import io.nepenthe.mitigation.MitigationSuite;
import io.nepenthe.mitigation.PreparedRows;
import io.nepenthe.mitigation.RowInputs;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.suite.FurtherTraining;
import io.nepenthe.tensor.Torch;
import io.nepenthe.worker.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a model of one's own forget, by the best of several methods and settings. */
@Command(
    name = "mitigate",
    description = {
      "Makes a Hugging Face model forget text that it has memorized, by the best of several methods"
          + " and settings, and writes it as another folder.",
      "What the model does not reproduce of the text is left out. The methods run over their grids in"
          + " a run like any other, in DIR/run; a report is written, and the best model in DIR/model."
          + " It is chosen on one half of the rows, and the other tells what it is worth. The same"
          + " command goes on where it was stopped."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes, beside those of nepenthe itself:%n",
    exitCodeList = "9:no method made the model any better; none is written",
    footer = "")
final class MitigateCommand implements Callable<Integer> {
  /** Of the program, as far as a command can tell: it is made first of all. */
  private final long started = System.nanoTime();

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private MitigatedRowOptions rows = new MitigatedRowOptions();

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "M",
      required = true,
      description = "Methods to try, joined by commas ('nepenthe plugins' lists them).")
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUES",
      description =
          "Values of a hyper-parameter, joined by commas, in place of those of the grid; METHOD.NAME"
              + " for one method alone. Repeatable.")
  private List<String> chosen = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder of rows, run and model: a new one, or that of the same command before.")
  private Path out = Path.of(".");

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = Budget.class,
      description =
          "Time for all of it, from the start of this program to the model that is written, earlier"
              + " calls counted in, like 10min, 90s or 2h; each method gets its most promising settings"
              + " first (default: none).")
  private @Nullable Duration budget;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Most settings that are tried, of all methods together (default: all).")
  private @Nullable Integer trials;

  @Mixin private SeedOption seed = new SeedOption();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of one operator; the last bits depend on it (default: those it began with, at"
              + " first all processors).")
  private @Nullable Integer threads;

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private ComputeTypeOption compute = new ComputeTypeOption();

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "For methods that train the model on (default: ${DEFAULT-VALUE}).")
  private double learningRate = 1e-5;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "For methods that train the model on (default: ${DEFAULT-VALUE}).")
  private int batchSize = 32;

  @Mixin private PluginsOption plugins = new PluginsOption();

  @Mixin private SandboxOption sandbox = new SandboxOption();

  @Option(names = "--retry-failed", description = "Try settings that failed before once more.")
  private boolean retryFailed;

  @Option(
      names = "--dry-run",
      description =
          "Only say what would be done, and about how much time and memory it takes; writes and"
              + " measures nothing.")
  private boolean dryRun;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    PluginCatalog catalog = plugins.catalog();
    MitigationFolder folder = new MitigationFolder(out);
    MitigationSuite suite = suite(folder);
    suite.check(catalog);
    device.require("mitigate");
    if (trials != null) {
      Usage.requireWithin("mitigate", "--trials", trials, Integer.MAX_VALUE);
    }
    LanguageModel languageModel = ModelFolder.readModel(model.folder());
    PlainModels.require(model.folder());
    ModelFolder.leftBehind(model.folder()); // refuses before the work what it must
    RowInputs inputs = rows.of(model.folder(), seed.seed(), compute.type());
    folder.requireOwn(inputs);
    MitigationClock clock = new MitigationClock(folder, budget, started, System::nanoTime);
    Torch.useThreads(suite.threads());
    Corpora.tell(Console::warn);
    Mitigation mitigation = new Mitigation(inputs, languageModel, Corpora.standard());
    if (dryRun) {
      return describe(mitigation, suite, languageModel, catalog);
    }
    PreparedRows prepared = mitigation.prepare(folder, suite);
    clock.note();
    prepared.inWords().forEach(Console::warn);
    RunPlan plan =
        RunPlan.of(
            suite.of(model.folder(), languageModel, folder.rows(), prepared, catalog), catalog);
    try (Console console = new Console()) {
      Workers.Source workers = Devices.processes(plan.suite(), 1, sandbox.workers(1));
      MitigationRun.Outcome outcome =
          new MitigationRun(
                  model.folder(),
                  languageModel,
                  plan,
                  folder,
                  clock,
                  run -> new RunSettings(run, Places.cache(), Places.home(), workers, retryFailed),
                  console)
              .execute(mitigation.speed(prepared), trials, Publishing::publish);
      MitigationResult result =
          new MitigationResult(
              outcome.stored(), outcome.best(), seed.seed(), folder, clock.inWords());
      json.print(result.values(prepared), result.text());
      return result.exitCode();
    }
  }

  private MitigationSuite suite(MitigationFolder folder) {
    if (threads != null) {
      Usage.requireWithin("mitigate", "--threads", threads, Usage.MOST_THREADS);
    }
    Map<String, List<Object>> values = new LinkedHashMap<>();
    NamedValues.of("mitigate", "--set", "VALUES", chosen)
        .forEach((name, all) -> values.put(name, numbers(all)));
    try {
      return new MitigationSuite(
          methods,
          values,
          seed.seed(),
          folder.threads(threads, ThreadsOption.ofMachine()),
          device.name(),
          compute.type(),
          new FurtherTraining(batchSize, learningRate, null));
    } catch (IllegalArgumentException e) {
      throw Usage.of("mitigate", e.getMessage());
    }
  }

  private static List<Object> numbers(String joined) {
    return Arrays.stream(joined.split(",", -1)).map(NamedValues::number).toList();
  }

  private Integer describe(
      Mitigation mitigation,
      MitigationSuite suite,
      LanguageModel languageModel,
      PluginCatalog catalog) {
    try {
      Path temporary = Files.createTempDirectory("nepenthe-mitigate-");
      try {
        Path rowsFolder = temporary.resolve("rows");
        PreparedRows draft = mitigation.draft(rowsFolder);
        RunPlan plan =
            RunPlan.of(
                suite.of(model.folder(), languageModel, rowsFolder, draft, catalog), catalog);
        RunEstimate estimate = new Estimator(plan, Places.cache(), 0).estimate(1);
        json.print(estimate, EstimateText.of(estimate));
      } finally {
        Folders.tryToDelete(temporary);
      }
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot write a temporary folder (" + e + ").", e);
    }
    return 0;
  }
}
