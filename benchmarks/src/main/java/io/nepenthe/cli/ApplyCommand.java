package io.nepenthe.cli;

import io.nepenthe.checkpoint.BlockedNgramsFile;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.host.EditedModel;
import io.nepenthe.host.LocalRun;
import io.nepenthe.host.Original;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.Progress;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Applies a method to any Hugging Face folder. */
@Command(
    name = "apply",
    description = {
      "Applies a method to a Hugging Face folder and writes the edited model as another.",
      "Rows are files of token ids, one row a line, as 'nepenthe inspect' writes them; "
          + "the method says which of them it needs. A tensor that it leaves alone keeps its "
          + "bits."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes, beside those of nepenthe itself:%n",
    exitCodeList = "9:the method failed; nothing is written",
    footer = "")
final class ApplyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "METHOD",
      description = "Id of a method ('nepenthe plugins' lists them).")
  private String method = "";

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private OutOption out = new OutOption();

  @Mixin private RowOptions rows = new RowOptions();

  @Mixin private ModelOptions models = new ModelOptions();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A hyper-parameter; its own default if left out. Repeatable.")
  private List<String> chosen = List.of();

  @Mixin private SeedOption seed = new SeedOption();

  @Option(
      names = "--fidelity",
      paramLabel = "F",
      description = "clean, or reference: with the paper's quirks (default: clean).")
  private Fidelity fidelity = Fidelity.CLEAN;

  @Option(names = "--quirk", paramLabel = "Q", description = "A single quirk. Repeatable.")
  private List<String> named = new ArrayList<>();

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private ComputeTypeOption compute = new ComputeTypeOption();

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private PluginsOption plugins = new PluginsOption();

  @Mixin private SandboxOption sandbox = new SandboxOption();
  @Mixin private JsonOption json = new JsonOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PluginCatalog catalog = plugins.catalog();
    InstalledPlugin plugin = catalog.require(method, ErrorCode.BAD_USAGE);
    Map<String, Number> point = point(plugin.descriptor());
    if (sandbox.containment().sandbox().contains()) {
      out.folder().requireFree();
      return new ContainedCommand(
              sandbox.workers(1), spec.commandLine().getParseResult(), out.folder())
          .run(!"cpu".equals(device.name()));
    }
    LocalRun run = loaded(plugin);
    device.require("apply");
    int used = threads.of("apply");
    out.folder().requireFree();
    Torch.useThreads(used);
    ApplyResult result = write(run, plugin, point);
    json.print(result.values(), result.text());
    return 0;
  }

  private ApplyResult write(LocalRun run, InstalledPlugin plugin, Map<String, Number> point) {
    Original original = original(plugin.descriptor());
    List<String> leftOut =
        ModelFolder.leftBehind(model.folder()); // refuses before the work what it must
    return edit(
        run,
        original,
        point,
        edited -> {
          out.folder()
              .write(
                  part -> {
                    ModelFolder.writeLike(model.folder(), part, original.model(), edited.weights());
                    BlockedNgramsFile.write(part, edited.blocked());
                  });
          return new ApplyResult(
              plugin,
              point,
              original,
              edited,
              edited.hash(),
              fidelity,
              leftOut,
              out.folder().path());
        });
  }

  private Map<String, Number> point(MethodDescriptor descriptor) {
    Map<String, List<Object>> grid = new LinkedHashMap<>();
    NamedValues.of("apply", "--set", "VALUE", chosen)
        .forEach((name, value) -> grid.put(name, List.of(NamedValues.number(value))));
    try {
      return descriptor.expand(grid).get(0);
    } catch (IllegalArgumentException e) {
      throw Usage.of("apply", "--set: " + e.getMessage());
    }
  }

  private LocalRun loaded(InstalledPlugin plugin) {
    LocalRun run = PluginOutput.toStandardError(() -> new LocalRun(plugin));
    if (run.isRegularizer()) {
      throw Usage.of(
          "apply",
          "method "
              + method
              + " takes part in training, so it cannot be applied to a trained model: name it in a"
              + " suite and run that");
    }
    return run;
  }

  private Original original(MethodDescriptor descriptor) {
    LanguageModel languageModel = ModelFolder.readModel(model.folder());
    PlainModels.require(model.folder());
    return new Original(
        model.folder(),
        languageModel,
        models.addedTo(
            rows.read(method, descriptor, languageModel),
            method,
            descriptor,
            languageModel,
            compute.type()),
        training.of(model.folder(), languageModel),
        quirks(),
        seed.seed(),
        device.name(),
        compute.type());
  }

  private Set<Quirk> quirks() {
    Set<Quirk> all = EnumSet.noneOf(Quirk.class);
    all.addAll(Quirk.of(fidelity));
    named.forEach(name -> all.add(quirk(name)));
    return all;
  }

  private static Quirk quirk(String name) {
    return Arrays.stream(Quirk.values())
        .filter(quirk -> quirk.id().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                Usage.of(
                    "apply",
                    "there is no quirk '"
                        + name
                        + "'. Known quirks: "
                        + Arrays.stream(Quirk.values())
                            .map(Quirk::id)
                            .collect(Collectors.joining(", "))));
  }

  private ApplyResult edit(
      LocalRun run,
      Original original,
      Map<String, Number> point,
      Function<EditedModel, ApplyResult> use) {
    try (Console console = new Console()) {
      Progress progress = (done, total) -> console.progressed("apply " + method, done, total);
      return PluginOutput.toStandardError(() -> run.edit(original, point, progress, use));
    }
  }
}
