package io.nepenthe.model.llama;

import ai.djl.ndarray.NDArray;
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
import org.jspecify.annotations.Nullable;

/**
 * Llama and its kin: a decoder with rotary positions, root-mean-square norms, gated MLPs, and fewer
 * keys and values than queries.
 *
 * <p>One block is {@code x <- x + Attention(N1(x)); x <- x + Down (f(Gate N2(x)) * Up N2(x))}. In
 * an OLMo 2 the norms are behind the sublayers: {@code x <- x + N1(Attention(x))}. Linear maps are
 * stored (outputs, inputs). A hidden unit is a column of Gate and of Up, whose product it is, and a
 * row of Down.
 */
final class Llama extends RotaryDecoder {
  static final String PREFIX = "model.";
  static final String TOKEN_EMBEDDING = "model.embed_tokens.weight";
  static final String HEAD = "lm_head.weight";
  private static final String FINAL_NORM = "model.norm.weight";

  /** The usual {@code initializer_range}. */
  private static final double INITIAL_DEVIATION = 0.02;

  private final LlamaConfig config;
  private final List<Block> blocks;
  private final ParameterLayout layout;

  /** Makes the architecture of a configuration. */
  Llama(LlamaConfig config) {
    super(config, config.rotary(), TOKEN_EMBEDDING, config.isTied() ? TOKEN_EMBEDDING : HEAD);
    this.config = config;
    this.blocks =
        IntStream.range(0, config.layers()).mapToObj(layer -> new Block(layer, config)).toList();
    this.layout = layout(config, blocks);
  }

  LlamaConfig config() {
    return config;
  }

  @Override
  protected NDArray afterBlock(
      int layer,
      Parameters parameters,
      NDArray stream,
      long batch,
      RotaryAttention attention,
      Tap tap) {
    Block block = blocks.get(layer);
    boolean after = config.kind().normsAfter();
    NDArray read = after ? stream : norm(parameters, block.norm1, stream);
    NDArray attended = attend(block, parameters, read, batch, attention);
    NDArray x = stream.add(after ? norm(parameters, block.norm1, attended) : attended);
    NDArray written =
        mlp(block, parameters, after ? x : norm(parameters, block.norm2, x), batch, tap);
    return x.add(addedByMlp(parameters, layer, written));
  }

  @Override
  public NDArray addedByMlp(Parameters parameters, int layer, NDArray written) {
    return config.kind().normsAfter()
        ? norm(parameters, blocks.get(layer).norm2, written)
        : written;
  }

  private NDArray attend(
      Block block, Parameters parameters, NDArray x, long batch, RotaryAttention attention) {
    NDArray queries = heads(block.queries, block.queryNorm, parameters, x, batch);
    NDArray keys = heads(block.keys, block.keyNorm, parameters, x, batch);
    NDArray values = heads(block.values, null, parameters, x, batch);
    NDArray mixed = attention.mix(block.index, queries, keys, values, config.window(block.index));
    return block.attentionOut.apply(parameters, mixed, batch);
  }

  /** Returns queries, keys or values, (N, D) -> (B, T, heads, d). */
  private NDArray heads(
      LinearMap map, @Nullable String norm, Parameters parameters, NDArray x, long batch) {
    NDArray sideBySide = map.apply(parameters, x, batch); // (N, heads * d)
    NDArray normed =
        norm == null
            ? sideBySide
            : norm(parameters, norm, sideBySide.reshape(-1, layout.tensor(norm).size()));
    return normed.reshape(batch, -1, heads(map), config.headSize());
  }

  private long heads(LinearMap map) {
    return layout.tensor(map.weight()).dimensions()[0] / config.headSize();
  }

  private NDArray mlp(Block block, Parameters parameters, NDArray x, long batch, Tap tap) {
    NDArray gate = config.activation().apply(block.gate.apply(parameters, x, batch));
    NDArray hidden = gate.mul(block.up.apply(parameters, x, batch)); // (N, H)
    return block.down.apply(parameters, tapped(tap, block.index, hidden, batch), batch);
  }

  @Override
  protected NDArray finalNorm(Parameters parameters, NDArray x) {
    return norm(parameters, FINAL_NORM, x);
  }

  private NDArray norm(Parameters parameters, String name, NDArray x) {
    return Ops.rmsNorm(x, parameters.get(name), config.epsilon());
  }

  /** {@inheritDoc} As Hugging Face's classes of the family draw them: all with one deviation. */
  @Override
  public float[] initialValues(RandomGenerator random) {
    return InitialValues.normal(this, name -> INITIAL_DEVIATION, random);
  }

  private static ParameterLayout layout(LlamaConfig config, List<Block> blocks) {
    long d = config.width();
    long ofQueries = (long) config.heads() * config.headSize();
    long ofKeys = (long) config.keyValueHeads() * config.headSize();
    boolean normsHeads = config.kind() == LlamaKind.QWEN3;
    ParameterLayout.Builder builder =
        new ParameterLayout.Builder().add(TOKEN_EMBEDDING, config.vocabulary(), d);
    for (Block block : blocks) {
      builder.add(block.queries, ofQueries, d);
      builder.add(block.keys, ofKeys, d);
      builder.add(block.values, ofKeys, d);
      builder.add(block.attentionOut, d, ofQueries);
      if (block.queryNorm != null && block.keyNorm != null) {
        builder.add(block.queryNorm, normsHeads ? config.headSize() : ofQueries);
        builder.add(block.keyNorm, normsHeads ? config.headSize() : ofKeys);
      }
      builder.add(block.gate, config.hiddenUnits(), d);
      builder.add(block.up, config.hiddenUnits(), d);
      builder.add(block.down, d, config.hiddenUnits());
      builder.add(block.norm1, d).add(block.norm2, d);
    }
    builder.add(FINAL_NORM, d);
    if (!config.isTied()) {
      builder.add(HEAD, config.vocabulary(), d);
    }
    return builder.build();
  }

  @Override
  public List<MlpTensors> mlp() {
    return blocks.stream()
        .map(block -> new MlpTensors(List.of(block.gate, block.up), block.down))
        .toList();
  }

  @Override
  public List<AttentionTensors> attention() {
    return blocks.stream()
        .map(
            block ->
                new AttentionTensors(
                    List.of(
                        new HeadMap(block.queries, config.heads()),
                        new HeadMap(block.keys, config.keyValueHeads()),
                        new HeadMap(block.values, config.keyValueHeads())),
                    block.attentionOut))
        .toList();
  }

  @Override
  public List<String> norms() {
    return Stream.concat(blocks.stream().flatMap(Block::norms), Stream.of(FINAL_NORM)).toList();
  }

  @Override
  public Architecture architecture() {
    return new LlamaArchitecture(config.kind());
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  /** The tensors of one block. */
  private static final class Block {
    final int index;
    final LinearMap queries;
    final LinearMap keys;
    final LinearMap values;
    final LinearMap attentionOut;
    final @Nullable String queryNorm;
    final @Nullable String keyNorm;
    final LinearMap gate;
    final LinearMap up;
    final LinearMap down;
    final String norm1;
    final String norm2;

    Block(int index, LlamaConfig config) {
      String prefix = PREFIX + "layers." + index + ".";
      String attention = prefix + "self_attn.";
      LlamaKind kind = config.kind();
      this.index = index;
      this.queries = LinearMap.outputsFirst(attention + "q_proj", config.hasQueryKeyValueBias());
      this.keys = LinearMap.outputsFirst(attention + "k_proj", config.hasQueryKeyValueBias());
      this.values = LinearMap.outputsFirst(attention + "v_proj", config.hasQueryKeyValueBias());
      this.attentionOut = LinearMap.outputsFirst(attention + "o_proj", config.hasAttentionBias());
      this.queryNorm = kind.normsQueriesAndKeys() ? attention + "q_norm.weight" : null;
      this.keyNorm = kind.normsQueriesAndKeys() ? attention + "k_norm.weight" : null;
      this.gate = LinearMap.outputsFirst(prefix + "mlp.gate_proj", config.hasMlpBias());
      this.up = LinearMap.outputsFirst(prefix + "mlp.up_proj", config.hasMlpBias());
      this.down = LinearMap.outputsFirst(prefix + "mlp.down_proj", config.hasMlpBias());
      String afterAttention = prefix + "post_attention_layernorm.weight";
      this.norm1 = kind.normsAfter() ? afterAttention : prefix + "input_layernorm.weight";
      this.norm2 =
          kind.normsAfter() ? prefix + "post_feedforward_layernorm.weight" : afterAttention;
    }

    Stream<String> norms() {
      Stream<String> ofSublayers = Stream.of(norm1, norm2);
      return queryNorm == null || keyNorm == null
          ? ofSublayers
          : Stream.concat(Stream.of(queryNorm, keyNorm), ofSublayers);
    }
  }
}
