package io.nepenthe.model.gptneox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.Activation;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.AttentionTensors;
import io.nepenthe.model.AttentionTensors.HeadMap;
import io.nepenthe.model.InitialValues;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.ParameterLayout;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Rotary;
import io.nepenthe.model.RotaryAttention;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Ops;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * GPT-NeoX: a pre-norm decoder whose queries and keys are turned by their position in a part of
 * each head, with a head that is usually its own.
 *
 * <p>One block is {@code x <- x + Attention(LN1(x)) + W2 f(W1 LN2(x) + b1) + b2}; without the
 * parallel residual, the MLP reads what attention has left. Linear maps are stored (outputs,
 * inputs); one makes queries, keys and values, which follow each other head by head.
 */
public final class GptNeoX implements LanguageModel {
  static final String PREFIX = "gpt_neox.";
  static final String TOKEN_EMBEDDING = "gpt_neox.embed_in.weight";
  static final String HEAD = "embed_out.weight";
  private static final String FINAL_NORM = "gpt_neox.final_layer_norm";

  private final GptNeoXConfig config;
  private final Rotary rotary;
  private final List<Block> blocks;
  private final ParameterLayout layout;

  /** Makes the architecture of a configuration. */
  public GptNeoX(GptNeoXConfig config) {
    this.config = config;
    this.rotary = config.rotary();
    this.blocks =
        IntStream.range(0, config.layers())
            .mapToObj(layer -> new Block(layer, config.hasAttentionBias()))
            .toList();
    this.layout = layout(config, blocks);
  }

  /** Returns the size of the model. */
  public GptNeoXConfig config() {
    return config;
  }

  @Override
  public NDArray hiddenStates(Parameters parameters, NDArray tokens, Tap tap) {
    return hiddenStatesFrom(parameters, 0, embed(parameters, tokens), tap);
  }

  @Override
  public NDArray hiddenStatesFrom(Parameters parameters, int layer, NDArray stream, Tap tap) {
    RotaryAttention attention = RotaryAttention.ofRows(rotary, stream);
    return finalNorm(parameters, run(parameters, layer, stream, attention, tap));
  }

  @Override
  public NDArray branches(
      Parameters parameters,
      int layer,
      NDArray stream,
      NDArray attentionMask,
      KeyValueCache cache) {
    RotaryAttention attention = RotaryAttention.ofBranches(rotary, attentionMask, cache);
    return finalNorm(parameters, run(parameters, layer, stream, attention, Tap.NONE));
  }

  @Override
  public NDArray continueRows(Parameters parameters, NDArray tokens, KeyValueCache cache, Tap tap) {
    NDArray stream = embed(parameters, tokens);
    RotaryAttention attention = RotaryAttention.continuing(rotary, stream, cache);
    NDArray left = run(parameters, 0, stream, attention, tap);
    return logits(parameters, finalNorm(parameters, left.get(":, -1"))); // (B, T, D) -> (B, D)
  }

  private static NDArray embed(Parameters parameters, NDArray tokens) {
    return Ops.embedding(tokens, parameters.get(TOKEN_EMBEDDING)); // (B, T, D)
  }

  /** Returns the stream that leaves the last block, (B, T, D). */
  private NDArray run(
      Parameters parameters, int layer, NDArray stream, RotaryAttention attention, Tap tap) {
    NDArray x = stream;
    for (Block block : blocks.subList(layer, blocks.size())) {
      x = after(block, parameters, tap.stream(block.index, x), attention, tap);
    }
    return tap.stream(blocks.size(), x);
  }

  private NDArray after(
      Block block, Parameters parameters, NDArray stream, RotaryAttention attention, Tap tap) {
    long batch = stream.getShape().get(0);
    NDArray x = rows(stream); // (B, T, D) -> (N, D)
    NDArray attended = attend(block, parameters, x, batch, attention).add(x);
    NDArray read = config.isParallel() ? x : attended;
    return mlp(block, parameters, read, batch, tap).add(attended).reshape(stream.getShape());
  }

  private NDArray attend(
      Block block, Parameters parameters, NDArray x, long batch, RotaryAttention attention) {
    NDArray normed = norm(parameters, block.norm1, x);
    NDList queriesKeysValues =
        block
            .queryKeyValue
            .apply(parameters, normed, batch)
            .reshape(batch, -1, config.heads(), 3L * config.headSize()) // (N, 3D) -> (B, T, h, 3d)
            .split(3, 3);
    NDArray mixed =
        attention.mix(
            block.index,
            queriesKeysValues.get(0),
            queriesKeysValues.get(1),
            queriesKeysValues.get(2));
    return block.attentionOut.apply(parameters, mixed, batch);
  }

  private NDArray mlp(Block block, Parameters parameters, NDArray x, long batch, Tap tap) {
    NDArray normed = norm(parameters, block.norm2, x);
    NDArray hidden = config.activation().apply(block.mlpIn.apply(parameters, normed, batch));
    if (tap != Tap.NONE) {
      NDArray units = hidden.reshape(batch, -1, config.hiddenUnits()); // (N, H) -> (B, T, H)
      hidden = tap.hidden(block.index, units).reshape(-1, config.hiddenUnits());
    }
    return block.mlpOut.apply(parameters, hidden, batch);
  }

  private NDArray rows(NDArray stream) {
    return stream.reshape(-1, config.width());
  }

  private NDArray finalNorm(Parameters parameters, NDArray stream) {
    return norm(parameters, FINAL_NORM, rows(stream));
  }

  private NDArray norm(Parameters parameters, String name, NDArray x) {
    NDArray gain = parameters.get(name + ".weight");
    return Ops.layerNorm(x, gain, parameters.get(name + ".bias"), config.epsilon());
  }

  @Override
  public NDArray logits(Parameters parameters, NDArray hiddenStates) {
    return hiddenStates.matMul(parameters.get(head()).transpose());
  }

  @Override
  public NDArray losses(Parameters parameters, NDArray hiddenStates, NDArray targets) {
    return Ops.headCrossEntropy(hiddenStates, parameters.get(head()), targets);
  }

  private String head() {
    return config.isTied() ? TOKEN_EMBEDDING : HEAD;
  }

  @Override
  public float[] initialValues(RandomGenerator random) {
    return InitialValues.drawn(
        this,
        name -> name.matches(".*\\.(attention\\.dense|mlp\\.dense_4h_to_h)\\.weight"),
        random);
  }

  private static ParameterLayout layout(GptNeoXConfig config, List<Block> blocks) {
    long d = config.width();
    long h = config.hiddenUnits();
    ParameterLayout.Builder builder =
        new ParameterLayout.Builder().add(TOKEN_EMBEDDING, config.vocabulary(), d);
    for (Block block : blocks) {
      addNorm(builder, block.norm1, d);
      addNorm(builder, block.norm2, d);
      addMap(builder, block.queryKeyValue, 3 * d, d);
      addMap(builder, block.attentionOut, d, d);
      addMap(builder, block.mlpIn, h, d);
      addMap(builder, block.mlpOut, d, h);
    }
    addNorm(builder, FINAL_NORM, d);
    if (!config.isTied()) {
      builder.add(HEAD, config.vocabulary(), d);
    }
    return builder.build();
  }

  private static void addNorm(ParameterLayout.Builder builder, String norm, long width) {
    builder.add(norm + ".weight", width).add(norm + ".bias", width);
  }

  private static void addMap(
      ParameterLayout.Builder builder, LinearMap map, long outputs, long inputs) {
    builder.add(map.weight(), outputs, inputs);
    if (map.bias() != null) {
      builder.add(map.bias(), outputs);
    }
  }

  @Override
  public List<MlpTensors> mlp() {
    return blocks.stream()
        .map(block -> new MlpTensors(List.of(block.mlpIn), block.mlpOut))
        .toList();
  }

  @Override
  public List<AttentionTensors> attention() {
    return blocks.stream()
        .map(
            block ->
                new AttentionTensors(
                    List.of(new HeadMap(block.queryKeyValue, 3 * config.heads())),
                    block.attentionOut))
        .toList();
  }

  @Override
  public List<String> embeddings() {
    return config.isTied() ? List.of(TOKEN_EMBEDDING) : List.of(TOKEN_EMBEDDING, HEAD);
  }

  @Override
  public List<String> norms() {
    return Stream.concat(
            blocks.stream().flatMap(block -> Stream.of(block.norm1, block.norm2)),
            Stream.of(FINAL_NORM))
        .flatMap(norm -> Stream.of(norm + ".weight", norm + ".bias"))
        .toList();
  }

  @Override
  public Architecture architecture() {
    return new GptNeoXArchitecture();
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int layers() {
    return config.layers();
  }

  @Override
  public int width() {
    return config.width();
  }

  @Override
  public int hiddenUnits() {
    return config.hiddenUnits();
  }

  @Override
  public Activation activation() {
    return config.activation();
  }

  @Override
  public double normEpsilon() {
    return config.epsilon();
  }

  @Override
  public int vocabulary() {
    return config.vocabulary();
  }

  @Override
  public int positions() {
    return config.positions();
  }

  @Override
  public int heads() {
    return config.heads();
  }

  /** The tensors of one block; of its norms the names without their .weight and .bias. */
  private static final class Block {
    final int index;
    final String norm1;
    final String norm2;
    final LinearMap queryKeyValue;
    final LinearMap attentionOut;
    final LinearMap mlpIn;
    final LinearMap mlpOut;

    Block(int index, boolean hasAttentionBias) {
      String prefix = PREFIX + "layers." + index + ".";
      this.index = index;
      this.norm1 = prefix + "input_layernorm";
      this.norm2 = prefix + "post_attention_layernorm";
      this.queryKeyValue = map(prefix + "attention.query_key_value", hasAttentionBias);
      this.attentionOut = map(prefix + "attention.dense", hasAttentionBias);
      this.mlpIn = map(prefix + "mlp.dense_h_to_4h", true);
      this.mlpOut = map(prefix + "mlp.dense_4h_to_h", true);
    }

    private static LinearMap map(String name, boolean hasBias) {
      return new LinearMap(name + ".weight", hasBias ? name + ".bias" : null, false);
    }
  }
}
