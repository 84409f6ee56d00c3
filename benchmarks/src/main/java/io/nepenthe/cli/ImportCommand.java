package io.nepenthe.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a model from Hugging Face. */
@Command(
    name = "import",
    description = {
      "Checks a Hugging Face folder and writes it as one that every command reads: "
          + "float32 in one file.",
      "It may be of float16 or bfloat16, in several files, with or without 'transformer.' "
          + "in its names. Dropout has no effect at inference, so it is left out."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SOURCE", description = "Hugging Face folder, with safetensors.")
  private Path source = Path.of(".");

  @Mixin private ModelCopy copy = new ModelCopy();

  @Override
  public Integer call() {
    copy.requireFree();
    copy.write(source);
    return 0;
  }
}
