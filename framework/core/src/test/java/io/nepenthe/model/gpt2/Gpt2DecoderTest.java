package io.nepenthe.model.gpt2;

import io.nepenthe.model.Activation;
import io.nepenthe.model.DecoderContract;
import io.nepenthe.model.SlowMath.Tensors;
import java.util.stream.Stream;

class Gpt2DecoderTest extends DecoderContract {
  @Override
  protected Stream<Subject> subjects() {
    return Stream.of(
        subject(Gpt2Config.tinyMem(11, 7, 8, 3, 2)),
        subject(new Gpt2Config(13, 9, 15, 2, 3, 7, Activation.GELU_TANH, 1e-3)));
  }

  private static Subject subject(Gpt2Config config) {
    Gpt2 model = new Gpt2(config);
    return new Subject(
        "width " + config.width(),
        model,
        tensors -> row -> new SlowGpt2(model, flat(model, tensors)).logits(row));
  }

  private static double[] flat(Gpt2 model, Tensors tensors) {
    return model.layout().tensors().stream()
        .flatMapToDouble(tensor -> java.util.Arrays.stream(tensors.get(tensor.name())))
        .toArray();
  }
}
