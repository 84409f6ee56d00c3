package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.LogitLoss;
import io.nepenthe.tensor.Predictions;
import java.util.List;
import java.util.random.RandomGenerator;

/** A model in front of another, which answers whatever this does not. */
abstract class WrappedModel implements LanguageModel {
  final LanguageModel model;

  WrappedModel(LanguageModel model) {
    this.model = model;
  }

  @Override
  public Architecture architecture() {
    return model.architecture();
  }

  @Override
  public ParameterLayout layout() {
    return model.layout();
  }

  @Override
  public int layers() {
    return model.layers();
  }

  @Override
  public int width() {
    return model.width();
  }

  @Override
  public int hiddenUnits() {
    return model.hiddenUnits();
  }

  @Override
  public Activation activation() {
    return model.activation();
  }

  @Override
  public double normEpsilon() {
    return model.normEpsilon();
  }

  @Override
  public int vocabulary() {
    return model.vocabulary();
  }

  @Override
  public int positions() {
    return model.positions();
  }

  @Override
  public int heads() {
    return model.heads();
  }

  @Override
  public List<AttentionTensors> attention() {
    return model.attention();
  }

  @Override
  public List<MlpTensors> mlp() {
    return model.mlp();
  }

  @Override
  public List<String> embeddings() {
    return model.embeddings();
  }

  @Override
  public List<String> norms() {
    return model.norms();
  }

  @Override
  public NDArray addedByMlp(Parameters parameters, int layer, NDArray written) {
    return model.addedByMlp(parameters, layer, written);
  }

  @Override
  public NDArray logits(Parameters parameters, NDArray hiddenStates) {
    return model.logits(parameters, hiddenStates);
  }

  @Override
  public NDArray losses(Parameters parameters, NDArray hiddenStates, NDArray targets) {
    return model.losses(parameters, hiddenStates, targets);
  }

  @Override
  public NDArray losses(Parameters parameters, NDArray hiddenStates, LogitLoss loss) {
    return model.losses(parameters, hiddenStates, loss);
  }

  @Override
  public Predictions predictions(
      Parameters parameters, NDArray hiddenStates, NDArray targets, int banned) {
    return model.predictions(parameters, hiddenStates, targets, banned);
  }

  @Override
  public float[] initialValues(RandomGenerator random) {
    return model.initialValues(random);
  }
}
