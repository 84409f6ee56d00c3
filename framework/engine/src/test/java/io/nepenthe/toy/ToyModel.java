package io.nepenthe.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.model.Activation;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.AttentionTensors;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.ParameterLayout;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.VocabularyHead;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * As unlike the paper's model as its interface allows: no attention, no biases, no norms, a gated
 * MLP of matrices stored (outputs, inputs), a head of its own. Each block is {@code x <- x + Down
 * (relu(Gate x) * Up x)}; what comes next depends on a token and its position alone.
 */
final class ToyModel implements LanguageModel {
  private static final int HIDDEN_PER_WIDTH = 3;
  private static final String HEAD = "head";

  private final ModelSize size;
  private final ParameterLayout layout;

  ToyModel(ModelSize size) {
    this.size = size;
    ParameterLayout.Builder builder =
        new ParameterLayout.Builder()
            .add("tokens", size.vocabulary(), size.width())
            .add("places", size.positions(), size.width());
    for (int layer = 0; layer < size.layers(); layer++) {
      builder
          .add(layer + ".gate", hiddenUnits(), size.width())
          .add(layer + ".up", hiddenUnits(), size.width())
          .add(layer + ".down", size.width(), hiddenUnits());
    }
    this.layout = builder.add(HEAD, size.vocabulary(), size.width()).build();
  }

  @Override
  public Architecture architecture() {
    return new ToyArchitecture();
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int layers() {
    return size.layers();
  }

  @Override
  public int width() {
    return size.width();
  }

  @Override
  public int hiddenUnits() {
    return HIDDEN_PER_WIDTH * size.width();
  }

  @Override
  public Activation activation() {
    return Activation.RELU;
  }

  @Override
  public double normEpsilon() {
    return 0;
  }

  @Override
  public int vocabulary() {
    return size.vocabulary();
  }

  @Override
  public int positions() {
    return size.positions();
  }

  @Override
  public int heads() {
    return 1;
  }

  @Override
  public List<AttentionTensors> attention() {
    return List.of();
  }

  @Override
  public List<MlpTensors> mlp() {
    return IntStream.range(0, layers())
        .mapToObj(
            layer ->
                new MlpTensors(
                    List.of(map(layer + ".gate"), map(layer + ".up")), map(layer + ".down")))
        .toList();
  }

  @Override
  public List<String> embeddings() {
    return List.of("tokens", "places", HEAD);
  }

  @Override
  public List<String> norms() {
    return List.of();
  }

  private static LinearMap map(String weight) {
    return new LinearMap(weight, null, false);
  }

  @Override
  public NDArray hiddenStates(Parameters parameters, NDArray tokens, Tap tap) {
    return hiddenStatesFrom(parameters, 0, embed(parameters, tokens, 0), tap);
  }

  private static NDArray embed(Parameters parameters, NDArray tokens, long first) {
    long length = tokens.getShape().get(1);
    return Ops.embedding(tokens, parameters.get("tokens"))
        .add(parameters.get("places").get(first + ":" + (first + length)));
  }

  @Override
  public NDArray hiddenStatesFrom(Parameters parameters, int layer, NDArray stream, Tap tap) {
    NDArray x = stream;
    for (int block = layer; block < layers(); block++) {
      x = tap.stream(block, x);
      MlpTensors mlp = mlp().get(block);
      NDArray gate = Ops.relu(applied(mlp.in().get(0), parameters, x));
      NDArray hidden = gate.mul(applied(mlp.in().get(1), parameters, x));
      x = x.add(applied(mlp.out(), parameters, tap.hidden(block, hidden)));
    }
    return tap.stream(layers(), x).reshape(-1, width());
  }

  private static NDArray applied(LinearMap map, Parameters parameters, NDArray x) {
    return x.matMul(map.matrix(parameters));
  }

  @Override
  public NDArray branches(
      Parameters parameters,
      int layer,
      NDArray stream,
      NDArray attentionMask,
      KeyValueCache cache) {
    return hiddenStatesFrom(parameters, layer, stream, Tap.NONE); // no token sees another
  }

  @Override
  public NDArray logits(Parameters parameters, NDArray hiddenStates) {
    return hiddenStates.matMul(parameters.get(HEAD).transpose());
  }

  @Override
  public NDArray losses(Parameters parameters, NDArray hiddenStates, NDArray targets) {
    return VocabularyHead.losses(hiddenStates, parameters.get(HEAD), targets, FloatType.FLOAT32);
  }

  /** Keeps one number a token, by which the cache knows how many there were. */
  @Override
  public NDArray continueRows(Parameters parameters, NDArray tokens, KeyValueCache cache, Tap tap) {
    NDArray x = embed(parameters, tokens, cache.length());
    long rows = tokens.getShape().get(0);
    long length = tokens.getShape().get(1);
    Shape read = new Shape(rows, 1, length, 1);
    cache.append(
        0,
        tokens.getManager().zeros(read, DataType.FLOAT32),
        tokens.getManager().zeros(read, DataType.FLOAT32));
    NDArray states = hiddenStatesFrom(parameters, 0, x, tap).reshape(rows, length, width());
    return logits(parameters, states.get(":, -1"));
  }

  @Override
  public float[] initialValues(RandomGenerator random) {
    float[] values = new float[Math.toIntExact(layout.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.2 * random.nextGaussian());
    }
    return values;
  }
}
