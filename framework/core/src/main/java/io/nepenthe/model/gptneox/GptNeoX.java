package io.nepenthe.model.gptneox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.AttentionTensors;
import io.nepenthe.model.AttentionTensors.HeadMap;
import io.nepenthe.model.InitialValues;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.ParameterLayout;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.RotaryAttention;
import io.nepenthe.model.RotaryDecoder;
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
public final class GptNeoX extends RotaryDecoder {
  static final String PREFIX = "gpt_neox.";
  static final String TOKEN_EMBEDDING = "gpt_neox.embed_in.weight";
  static final String HEAD = "embed_out.weight";
  private static final String FINAL_NORM = "gpt_neox.final_layer_norm";

  private final GptNeoXConfig config;
  private final List<Block> blocks;
  private final ParameterLayout layout;

  /** Makes the architecture of a configuration. */
  public GptNeoX(GptNeoXConfig config) {
    super(config, config.rotary(), TOKEN_EMBEDDING, config.isTied() ? TOKEN_EMBEDDING : HEAD);
    this.config = config;
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
  protected NDArray afterBlock(
      int layer, Parameters parameters, NDArray x, long batch, RotaryAttention attention, Tap tap) {
    Block block = blocks.get(layer);
    NDArray attended = attend(block, parameters, x, batch, attention).add(x);
    NDArray read = config.isParallel() ? x : attended;
    return mlp(block, parameters, read, batch, tap).add(attended);
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
    return block.mlpOut.apply(parameters, tapped(tap, block.index, hidden, batch), batch);
  }

  @Override
  protected NDArray finalNorm(Parameters parameters, NDArray x) {
    return norm(parameters, FINAL_NORM, x);
  }

  private NDArray norm(Parameters parameters, String name, NDArray x) {
    NDArray gain = parameters.get(name + ".weight");
    return Ops.layerNorm(x, gain, parameters.get(name + ".bias"), config.epsilon());
  }

  /**
   * {@inheritDoc} As Pythia's training drew them: deviation sqrt(2 / (5 D)), and 2 / (L sqrt(D))
   * for the matrices that write to the stream.
   */
  @Override
  public float[] initialValues(RandomGenerator random) {
    double small = Math.sqrt(2.0 / (5.0 * config.width()));
    double writing = 2 / (config.layers() * Math.sqrt(config.width()));
    return InitialValues.normal(
        this,
        name ->
            name.matches(".*\\.(attention\\.dense|mlp\\.dense_4h_to_h)\\.weight") ? writing : small,
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
      builder.add(block.queryKeyValue, 3 * d, d);
      builder.add(block.attentionOut, d, d);
      builder.add(block.mlpIn, h, d);
      builder.add(block.mlpOut, d, h);
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
      this.queryKeyValue =
          LinearMap.outputsFirst(prefix + "attention.query_key_value", hasAttentionBias);
      this.attentionOut = LinearMap.outputsFirst(prefix + "attention.dense", hasAttentionBias);
      this.mlpIn = LinearMap.outputsFirst(prefix + "mlp.dense_h_to_4h", true);
      this.mlpOut = LinearMap.outputsFirst(prefix + "mlp.dense_4h_to_h", true);
    }
  }
}
