package io.nepenthe.model.llama;

import ai.djl.ndarray.NDArray;
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
final class Llama implements LanguageModel {
  static final String PREFIX = "model.";
  static final String TOKEN_EMBEDDING = "model.embed_tokens.weight";
  static final String HEAD = "lm_head.weight";
  private static final String FINAL_NORM = "model.norm.weight";

  private final LlamaConfig config;
  private final Rotary rotary;
  private final List<Block> blocks;
  private final ParameterLayout layout;

  /** Makes the architecture of a configuration. */
  Llama(LlamaConfig config) {
    this.config = config;
    this.rotary = config.rotary();
    this.blocks =
        IntStream.range(0, config.layers()).mapToObj(layer -> new Block(layer, config)).toList();
    this.layout = layout(config, blocks);
  }

  LlamaConfig config() {
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
    boolean after = config.kind().normsAfter();
    NDArray attended =
        attend(block, parameters, after ? x : norm(parameters, block.norm1, x), batch, attention);
    x = x.add(after ? norm(parameters, block.norm1, attended) : attended);
    NDArray written =
        mlp(block, parameters, after ? x : norm(parameters, block.norm2, x), batch, tap);
    return x.add(addedByMlp(parameters, block.index, written)).reshape(stream.getShape());
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
    if (tap != Tap.NONE) {
      NDArray units = hidden.reshape(batch, -1, config.hiddenUnits()); // (N, H) -> (B, T, H)
      hidden = tap.hidden(block.index, units).reshape(-1, config.hiddenUnits());
    }
    return block.down.apply(parameters, hidden, batch);
  }

  private NDArray rows(NDArray stream) {
    return stream.reshape(-1, config.width());
  }

  private NDArray finalNorm(Parameters parameters, NDArray stream) {
    return norm(parameters, FINAL_NORM, rows(stream));
  }

  private NDArray norm(Parameters parameters, String name, NDArray x) {
    return Ops.rmsNorm(x, parameters.get(name), config.epsilon());
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
        this, name -> name.matches(".*\\.(self_attn\\.o_proj|mlp\\.down_proj)\\.weight"), random);
  }

  private static ParameterLayout layout(LlamaConfig config, List<Block> blocks) {
    long d = config.width();
    long ofQueries = (long) config.heads() * config.headSize();
    long ofKeys = (long) config.keyValueHeads() * config.headSize();
    boolean normsHeads = config.kind() == LlamaKind.QWEN3;
    ParameterLayout.Builder builder =
        new ParameterLayout.Builder().add(TOKEN_EMBEDDING, config.vocabulary(), d);
    for (Block block : blocks) {
      add(builder, block.queries, ofQueries, d);
      add(builder, block.keys, ofKeys, d);
      add(builder, block.values, ofKeys, d);
      add(builder, block.attentionOut, d, ofQueries);
      if (block.queryNorm != null && block.keyNorm != null) {
        builder.add(block.queryNorm, normsHeads ? config.headSize() : ofQueries);
        builder.add(block.keyNorm, normsHeads ? config.headSize() : ofKeys);
      }
      add(builder, block.gate, config.hiddenUnits(), d);
      add(builder, block.up, config.hiddenUnits(), d);
      add(builder, block.down, d, config.hiddenUnits());
      builder.add(block.norm1, d).add(block.norm2, d);
    }
    builder.add(FINAL_NORM, d);
    if (!config.isTied()) {
      builder.add(HEAD, config.vocabulary(), d);
    }
    return builder.build();
  }

  private static void add(
      ParameterLayout.Builder builder, LinearMap map, long outputs, long inputs) {
    builder.add(map.weight(), outputs, inputs);
    if (map.bias() != null) {
      builder.add(map.bias(), outputs);
    }
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
  public List<String> embeddings() {
    return config.isTied() ? List.of(TOKEN_EMBEDDING) : List.of(TOKEN_EMBEDDING, HEAD);
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
      this.queries = map(attention + "q_proj", config.hasQueryKeyValueBias());
      this.keys = map(attention + "k_proj", config.hasQueryKeyValueBias());
      this.values = map(attention + "v_proj", config.hasQueryKeyValueBias());
      this.attentionOut = map(attention + "o_proj", config.hasAttentionBias());
      this.queryNorm = kind.normsQueriesAndKeys() ? attention + "q_norm.weight" : null;
      this.keyNorm = kind.normsQueriesAndKeys() ? attention + "k_norm.weight" : null;
      this.gate = map(prefix + "mlp.gate_proj", config.hasMlpBias());
      this.up = map(prefix + "mlp.up_proj", config.hasMlpBias());
      this.down = map(prefix + "mlp.down_proj", config.hasMlpBias());
      String afterAttention = prefix + "post_attention_layernorm.weight";
      this.norm1 = kind.normsAfter() ? afterAttention : prefix + "input_layernorm.weight";
      this.norm2 =
          kind.normsAfter() ? prefix + "post_feedforward_layernorm.weight" : afterAttention;
    }

    private static LinearMap map(String name, boolean hasBias) {
      return new LinearMap(name + ".weight", hasBias ? name + ".bias" : null, false);
    }

    Stream<String> norms() {
      Stream<String> ofSublayers = Stream.of(norm1, norm2);
      return queryNorm == null || keyNorm == null
          ? ofSublayers
          : Stream.concat(Stream.of(queryNorm, keyNorm), ofSublayers);
    }
  }
}
