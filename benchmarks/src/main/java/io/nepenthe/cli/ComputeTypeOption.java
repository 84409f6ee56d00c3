package io.nepenthe.cli;

import io.nepenthe.tensor.FloatType;
import picocli.CommandLine.Option;

/** The option that says in which type a model is computed. */
final class ComputeTypeOption {
  @Option(
      names = "--compute-type",
      paramLabel = "TYPE",
      description =
          "Type in which products with the model's matrices are computed, whatever they are stored"
              + " in: float32, bfloat16 or float16 (default: float32). All else is float32.")
  private FloatType type = FloatType.FLOAT32;

  FloatType type() {
    return type;
  }
}
