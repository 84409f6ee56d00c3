package io.nepenthe.cli;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.json.Json;
import io.nepenthe.landscape.Landscape;
import io.nepenthe.landscape.LandscapeGrid;
import io.nepenthe.landscape.LossLandscapes;
import io.nepenthe.landscape.LossSurface;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.report.landscape.LandscapeWriter;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures and draws the loss around models. */
@Command(
    name = "landscape",
    description = {
      "Measures the loss of models on a plane around their weights, and draws it.",
      "The plane is the same for all. It is drawn as heat map and as surface: the paper's Figure "
          + "4, say of a model before, after a good and after a bad edit. Writes landscape.json, "
          + "landscape-map and landscape-surface as .svg, .pdf and .png."
    },
    mixinStandardHelpOptions = true)
final class LandscapeCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "NAME=DIR",
      required = true,
      description =
          "A Hugging Face folder, and how the figure names it. Repeatable: models of one"
              + " architecture, in the order of the figure.")
  private List<String> given = List.of();

  @Option(
      names = "--rows",
      paramLabel = "CSV",
      required = true,
      description = "Rows to predict, token ids, one row a line.")
  private Path rows = Path.of(".");

  @Option(
      names = "--first",
      paramLabel = "N",
      description =
          "How many of the rows are used, from the first on (default: ${DEFAULT-VALUE}, as the paper"
              + " has).")
  private int first = 128;

  @Option(
      names = "--grid",
      paramLabel = "N",
      description = "Points on each side of the plane, odd (default: ${DEFAULT-VALUE}).")
  private int points = 21;

  @Option(
      names = "--distance",
      paramLabel = "X",
      description =
          "How far the plane reaches from its centre, the model; 1 is a filter's own norm (default:"
              + " ${DEFAULT-VALUE}).")
  private double distance = 1;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the two directions (default: ${DEFAULT-VALUE}, the paper's).")
  private long seed = 543;

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Mixin private ComputeTypeOption compute = new ComputeTypeOption();

  @Mixin private RowFiles files = new RowFiles();

  @Mixin private OutOption out = new OutOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    LandscapeGrid grid = grid();
    Map<String, Path> models = models();
    Usage.requireWithin("landscape", "--first", first, 100_000_000);
    int computing = threads.of("landscape");
    Sequences used = used(oneArchitecture(models));
    out.folder().requireFree();
    Torch.useThreads(computing);
    LossLandscapes landscapes =
        new LossLandscapes(
            LossLandscapes.SCHEMA,
            seed,
            grid.offsets(),
            used.rows(),
            used.hash(),
            compute.type() == FloatType.FLOAT32 ? null : compute.type(),
            measured(models, grid, used));
    out.folder()
        .write(
            folder -> {
              Files.writeString(folder.resolve("landscape.json"), Json.pretty(landscapes));
              LandscapeWriter.write(landscapes, folder);
            });
    json.print(landscapes, text(landscapes));
    return 0;
  }

  private Map<String, Path> models() {
    Map<String, Path> models = new LinkedHashMap<>();
    NamedValues.of("landscape", "--model", "DIR", given)
        .forEach((name, folder) -> models.put(name, Path.of(folder)));
    return models;
  }

  private LandscapeGrid grid() {
    try {
      return new LandscapeGrid(points, distance);
    } catch (IllegalArgumentException e) {
      throw Usage.of("landscape", "--grid or --distance: " + e.getMessage());
    }
  }

  /** Directions are the same for models of the same tensors only. */
  private static LanguageModel oneArchitecture(Map<String, Path> models) {
    LanguageModel architecture = null;
    for (Map.Entry<String, Path> model : models.entrySet()) {
      PlainModels.require(model.getValue());
      architecture = same(architecture, ModelFolder.readModel(model.getValue()), model.getKey());
    }
    if (architecture == null) {
      throw Usage.of("landscape", "give --model NAME=DIR");
    }
    return architecture;
  }

  private static LanguageModel same(
      @Nullable LanguageModel first, LanguageModel next, String name) {
    if (first != null && !first.layout().tensors().equals(next.layout().tensors())) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT,
          "model "
              + name
              + " has other tensors than the first. Give models of one architecture: others have no"
              + " directions in common.");
    }
    return first == null ? next : first;
  }

  private Sequences used(LanguageModel languageModel) {
    Sequences all = files.predictable("landscape", rows, languageModel);
    return all.slice(0, Math.min(first, all.rows()));
  }

  private List<Landscape> measured(Map<String, Path> models, LandscapeGrid grid, Sequences used) {
    List<Landscape> landscapes = new ArrayList<>();
    try (Console console = new Console()) {
      for (Map.Entry<String, Path> model : models.entrySet()) {
        try (NDManager manager = Torch.newManager(Torch.device("cpu"));
            ModelFolder.Loaded loaded = ModelFolder.read(model.getValue(), manager)) {
          landscapes.add(
              new Landscape(
                  model.getKey(),
                  LossSurface.of(
                      loaded.model(),
                      loaded.weights().computedIn(compute.type()),
                      used,
                      grid,
                      seed,
                      (done, total) ->
                          console.progressed("landscape " + model.getKey(), done, total))));
        }
      }
    }
    return landscapes;
  }

  private String text(LossLandscapes landscapes) {
    StringBuilder text = new StringBuilder();
    for (Landscape model : landscapes.models()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: loss %.4f nats per token, from %.4f to %.4f on the plane%n",
              model.name(),
              model.centre(),
              model.all().min().orElseThrow(),
              model.all().max().orElseThrow()));
    }
    return text.append(out.folder().path()).append(System.lineSeparator()).toString();
  }
}
