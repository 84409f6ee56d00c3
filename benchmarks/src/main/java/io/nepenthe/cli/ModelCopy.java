package io.nepenthe.cli;

import io.nepenthe.checkpoint.Gpt2Folder;
import io.nepenthe.model.Gpt2;
import io.nepenthe.model.Gpt2Config;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.protocol.ErrorCode;
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
    Gpt2 model = Gpt2Folder.readModel(source);
    PlainModels.require(source);
    CheckpointStore.requireIntact(source);
    List<String> leftOut = Gpt2Folder.leftOut(source);
    Heap.holding(
        ErrorCode.BAD_CHECKPOINT,
        () -> {
          target().write(part -> Gpt2Folder.rewrite(source, part));
          return true;
        });
    json.print(values(model, leftOut), text(model, leftOut));
  }

  private Map<String, Object> values(Gpt2 model, List<String> leftOut) {
    Gpt2Config config = model.config();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("folder", target().path().toString());
    values.put("layers", config.layers());
    values.put("width", config.width());
    values.put("heads", config.heads());
    values.put("hiddenUnits", config.hiddenUnits());
    values.put("activation", config.activation().id());
    values.put("layerNormEpsilon", config.epsilon());
    values.put("vocabulary", config.vocabulary());
    values.put("positions", config.positions());
    values.put("parameters", model.layout().size());
    values.put("leftOut", leftOut);
    return values;
  }

  private String text(Gpt2 model, List<String> leftOut) {
    Gpt2Config config = model.config();
    return String.format(
            "%s%n  GPT-2: %d layers, width %d, %d heads, %d hidden units (%s), vocabulary %d, %d"
                + " positions, %d parameters%n",
            target().path(),
            config.layers(),
            config.width(),
            config.heads(),
            config.hiddenUnits(),
            config.activation().id(),
            config.vocabulary(),
            config.positions(),
            model.layout().size())
        + (leftOut.isEmpty()
            ? ""
            : String.format(
                "  left out, as nothing here uses it: %s%n", String.join(", ", leftOut)));
  }
}
