package io.nepenthe.model.gpt2;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Activation;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.AttentionTensors;
import io.nepenthe.model.AttentionTensors.HeadMap;
import io.nepenthe.model.Decoder;
import io.nepenthe.model.FusedGradient;
import io.nepenthe.model.InitialValues;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.ParameterLayout;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Ops;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * GPT-2: a pre-norm decoder with learned positions and a head tied to the token embedding.
 *
 * <p>One block is {@code x <- x + Attention(LN1(x)); x <- x + W2 f(W1 LN2(x) + b1) + b2}. Linear
 * maps are stored (inputs, outputs), as Hugging Face's GPT2LMHeadModel does, under the same names.
 * TinyMem configures it with ReLU and without dropout (MODEL_AND_TRAINING 1).
 */
public final class Gpt2 extends Decoder {
  static final String PREFIX = "transformer.";
  static final String TOKEN_EMBEDDING = "transformer.wte.weight"; // and head
  private static final String POSITION_EMBEDDING = "transformer.wpe.weight";
  private static final String FINAL_NORM = "transformer.ln_f";
  private static final long MOST_IMAGES = 64;

  private final Gpt2Config config;
  private final Gpt2Attention attention;
  private final ParameterLayout layout;
  private final List<Block> blocks;

  /** Makes the architecture of a configuration. */
  public Gpt2(Gpt2Config config) {
    super(config, TOKEN_EMBEDDING);
    this.config = config;
    this.attention = new Gpt2Attention(config);
    this.blocks = IntStream.range(0, config.layers()).mapToObj(Block::new).toList();
    this.layout = layout(config, blocks);
  }

  /** Returns the size of the model. */
  public Gpt2Config config() {
    return config;
  }

  @Override
  public NDArray hiddenStates(Parameters parameters, NDArray tokens, Tap tap) {
    return hiddenStatesFrom(parameters, 0, embed(parameters, tokens, 0), tap);
  }

  @Override
  public NDArray hiddenStatesFrom(Parameters parameters, int layer, NDArray stream, Tap tap) {
    long batch = stream.getShape().get(0);
    NDArray x = stream;
    for (Block block : blocks.subList(layer, blocks.size())) {
      x =
          parameters.run(
              (tensors, read) -> {
                NDArray mixed = attend(tensors, block, rows(read), batch, null);
                return mlp(tensors, block, mixed, batch, tap).reshape(stream.getShape());
              },
              tap.stream(block.index, x));
    }
    return finalNorm(parameters, rows(tap.stream(blocks.size(), x)));
  }

  @Override
  public NDArray branches(
      Parameters parameters,
      int layer,
      NDArray stream,
      NDArray attentionMask,
      KeyValueCache cache) {
    long batch = stream.getShape().get(0);
    NDArray x = rows(stream);
    long images = images(x.getShape().get(0));
    for (Block block : blocks.subList(layer, blocks.size())) {
      NDArray normed = norm(parameters, block.norm1, x);
      NDArray qkv = linear(parameters, block.queryKeyValue, normed, images);
      NDArray mixed = attention.ofBranches(block.index, qkv, batch, attentionMask, cache);
      x = linear(parameters, block.attentionOut, mixed, images).add(x);
      x = mlp(parameters, block, x, images, Tap.NONE);
    }
    return finalNorm(parameters, x);
  }

  /** Returns a number of images, for {@link Ops#linear}, that divides the number of rows. */
  private static long images(long rows) {
    for (long images = MOST_IMAGES; images > 1; images--) {
      if (rows % images == 0) {
        return images;
      }
    }
    return 1;
  }

  @Override
  public NDArray continueRows(Parameters parameters, NDArray tokens, KeyValueCache cache, Tap tap) {
    NDArray x = embed(parameters, tokens, cache.length());
    long batch = tokens.getShape().get(0);
    for (Block block : blocks) {
      NDArray read = rows(tap.stream(block.index, x));
      NDArray mixed = attend(parameters, block, read, batch, cache);
      x = mlp(parameters, block, mixed, batch, tap).reshape(x.getShape());
    }
    NDArray last = tap.stream(blocks.size(), x).get(":, -1"); // (B, T, D) -> (B, D)
    return logits(parameters, finalNorm(parameters, last));
  }

  private NDArray embed(Parameters parameters, NDArray tokens, long firstPosition) {
    long length = tokens.getShape().get(1);
    NDArray positions =
        parameters
            .get(POSITION_EMBEDDING)
            .get(firstPosition + ":" + (firstPosition + length)); // (T, D)
    NDArray x = Ops.embedding(tokens, parameters.get(TOKEN_EMBEDDING)); // (B, T, D)
    return x.add(positions);
  }

  private NDArray attend(
      Parameters parameters, Block block, NDArray x, long batch, @Nullable KeyValueCache cache) {
    NDArray normed = norm(parameters, block.norm1, x);
    NDArray qkv = linear(parameters, block.queryKeyValue, normed, batch); // (N, D) -> (N, 3D)
    NDArray mixed =
        cache == null
            ? attention.ofRows(qkv, batch)
            : attention.continuing(block.index, qkv, batch, cache); // (N, 3D) -> (N, D)
    return linear(parameters, block.attentionOut, mixed, batch).add(x);
  }

  private NDArray mlp(Parameters parameters, Block block, NDArray x, long batch, Tap tap) {
    NDArray normed = norm(parameters, block.norm2, x);
    NDArray hidden =
        config.activation().apply(linear(parameters, block.mlpIn, normed, batch)); // (N, H)
    hidden = tapped(tap, block.index, hidden, batch);
    return linear(parameters, block.mlpOut, hidden, batch).add(x);
  }

  private NDArray finalNorm(Parameters parameters, NDArray x) {
    return norm(parameters, FINAL_NORM, x);
  }

  private NDArray norm(Parameters parameters, String name, NDArray x) {
    NDArray gain = parameters.get(name + ".weight");
    return Ops.layerNorm(x, gain, parameters.get(name + ".bias"), config.epsilon());
  }

  private static NDArray linear(Parameters parameters, String name, NDArray x, long batch) {
    return map(name).apply(parameters, x, batch);
  }

  @Override
  public Optional<FusedGradient> fusedGradient() {
    return config.activation() == Activation.RELU
        ? Optional.of(new Gpt2Gradient(config))
        : Optional.empty();
  }

  @Override
  public float[] initialValues(RandomGenerator random) {
    return InitialValues.drawn(this, name -> name.endsWith("c_proj.weight"), random);
  }

  private static ParameterLayout layout(Gpt2Config config, List<Block> blocks) {
    long d = config.width();
    long h = config.hiddenUnits();
    ParameterLayout.Builder builder =
        new ParameterLayout.Builder()
            .add(TOKEN_EMBEDDING, config.vocabulary(), d)
            .add(POSITION_EMBEDDING, config.positions(), d);
    for (Block block : blocks) {
      builder
          .add(block.norm1 + ".weight", d)
          .add(block.norm1 + ".bias", d)
          .add(block.queryKeyValue + ".weight", d, 3 * d)
          .add(block.queryKeyValue + ".bias", 3 * d)
          .add(block.attentionOut + ".weight", d, d)
          .add(block.attentionOut + ".bias", d)
          .add(block.norm2 + ".weight", d)
          .add(block.norm2 + ".bias", d)
          .add(block.mlpIn + ".weight", d, h)
          .add(block.mlpIn + ".bias", h)
          .add(block.mlpOut + ".weight", h, d)
          .add(block.mlpOut + ".bias", d);
    }
    return builder.add(FINAL_NORM + ".weight", d).add(FINAL_NORM + ".bias", d).build();
  }

  @Override
  public List<MlpTensors> mlp() {
    return blocks.stream()
        .map(block -> new MlpTensors(List.of(map(block.mlpIn)), map(block.mlpOut)))
        .toList();
  }

  @Override
  public List<AttentionTensors> attention() {
    return blocks.stream()
        .map(
            block ->
                new AttentionTensors(
                    List.of(new HeadMap(map(block.queryKeyValue), 3 * config.heads())),
                    map(block.attentionOut)))
        .toList();
  }

  @Override
  public List<String> embeddings() {
    return List.of(TOKEN_EMBEDDING, POSITION_EMBEDDING);
  }

  @Override
  public List<String> norms() {
    return Stream.concat(
            blocks.stream().flatMap(block -> Stream.of(block.norm1, block.norm2)),
            Stream.of(FINAL_NORM))
        .flatMap(norm -> Stream.of(norm + ".weight", norm + ".bias"))
        .toList();
  }

  private static LinearMap map(String name) {
    return new LinearMap(name + ".weight", name + ".bias", true);
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public Architecture architecture() {
    return new Gpt2Architecture();
  }

  /** The tensor names of one block, without their .weight and .bias. */
  private static final class Block {
    final int index;
    final String norm1;
    final String queryKeyValue;
    final String attentionOut;
    final String norm2;
    final String mlpIn;
    final String mlpOut;

    Block(int index) {
      String prefix = "transformer.h." + index + ".";
      this.index = index;
      this.norm1 = prefix + "ln_1";
      this.queryKeyValue = prefix + "attn.c_attn";
      this.attentionOut = prefix + "attn.c_proj";
      this.norm2 = prefix + "ln_2";
      this.mlpIn = prefix + "mlp.c_fc";
      this.mlpOut = prefix + "mlp.c_proj";
    }
  }
}
