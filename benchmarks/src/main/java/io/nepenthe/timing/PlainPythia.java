package io.nepenthe.timing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.tensor.Script;
import io.nepenthe.tensor.Torch;

/**
 * A Pythia written as Hugging Face's transformers write it for PyTorch 2: linear maps with their
 * biases, scaled dot product attention and layer norms as PyTorch's own fused operators, one after
 * the other, and keys and values joined at every new token. It runs in libtorch alone, without a
 * call from Java for each operator. The baseline of {@link PythiaSpeedBenchmark}.
 */
final class PlainPythia {
  private static final int TURNED = 4; // a quarter of each head

  private final Script script = Script.of(PlainPythia.class, "plain_pythia.py");
  private final LanguageModel model;
  private final NDList weights = new NDList();
  private final NDArray cosines;
  private final NDArray sines;

  PlainPythia(LanguageModel model, Parameters parameters, NDManager manager) {
    this.model = model;
    for (TensorSpec tensor : model.layout().tensors()) {
      weights.add(parameters.get(tensor.name()));
    }
    int turned = model.width() / model.heads() / TURNED;
    float[] cosine = new float[model.positions() * turned];
    float[] sine = new float[cosine.length];
    for (int i = 0; i < cosine.length; i++) {
      int pair = i % turned % (turned / 2);
      int position = i / turned;
      double angle = position * Math.pow(10_000, -2.0 * pair / turned);
      cosine[i] = (float) Math.cos(angle);
      sine[i] = (float) Math.sin(angle);
    }
    this.cosines = Torch.floats(manager, cosine, model.positions(), turned);
    this.sines = Torch.floats(manager, sine, model.positions(), turned);
  }

  /** Returns the logits of rows, (B, T) -> (B, T, V). */
  NDArray logits(NDArray ids) {
    return script.run(
        "logits", ids, cosines, sines, weights, (long) model.layers(), (long) model.heads());
  }

  /** Returns what greedy decoding writes after rows, (B, T) -> (B, steps). */
  NDArray generate(NDArray ids, long steps) {
    return script.run(
        "generate",
        ids,
        cosines,
        sines,
        weights,
        (long) model.layers(),
        (long) model.heads(),
        steps);
  }
}
