package io.nepenthe.cli;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.original.CheckpointFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model folder anew, plain, and says what model it is. */
final class ModelCopy {
  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write; must not exist, or be empty.")
  private Path to = Path.of(".");

  @Mixin private JsonOption json = new JsonOption();

  private NewFolder target() {
    return new NewFolder("--to", to);
  }

  /** Tells before the work is done what would prevent writing after it. */
  void requireFree() {
    target().requireFree();
  }

  /** Writes the model of a folder, which is no less than its Hugging Face files say. */
  void write(Path source) {
    LanguageModel model = ModelFolder.readModel(source);
    PlainModels.require(source);
    CheckpointFolder.requireIntact(source);
    List<String> leftOut = ModelFolder.leftOut(source);
    target().make(folder -> ModelFolder.rewrite(source, folder));
    json.print(values(model, leftOut), text(model, leftOut));
  }

  private Map<String, Object> values(LanguageModel model, List<String> leftOut) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("folder", target().path().toString());
    values.put("architecture", model.architecture().type());
    values.put("layers", model.layers());
    values.put("width", model.width());
    values.put("heads", model.heads());
    values.put("hiddenUnits", model.hiddenUnits());
    values.put("activation", model.activation().id());
    values.put("layerNormEpsilon", model.normEpsilon());
    values.put("vocabulary", model.vocabulary());
    values.put("positions", model.positions());
    values.put("parameters", model.layout().size());
    values.put("leftOut", leftOut);
    return values;
  }

  private String text(LanguageModel model, List<String> leftOut) {
    return String.format(
            "%s%n  %s: %d layers, width %d, %d heads, %d hidden units (%s), vocabulary %d, %d"
                + " positions, %d parameters%n",
            target().path(),
            model.architecture().name(),
            model.layers(),
            model.width(),
            model.heads(),
            model.hiddenUnits(),
            model.activation().id(),
            model.vocabulary(),
            model.positions(),
            model.layout().size())
        + leftOut(leftOut);
  }

  /** Returns the line that names what a new folder lacks, empty if it lacks nothing. */
  static String leftOut(List<String> names) {
    return names.isEmpty()
        ? ""
        : String.format("  left out, as nothing here uses it: %s%n", String.join(", ", names));
  }
}
