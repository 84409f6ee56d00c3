package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.Ops;
import java.util.List;

/**
 * A decoder whose queries and keys are turned by their positions, and whose head is a tensor of its
 * own or the token embedding. What a block computes is the architecture's. B = rows, T = tokens of
 * a row, N = B*T, D = width.
 */
public abstract class RotaryDecoder extends Decoder {
  private final Rotary rotary;
  private final String tokenEmbedding;

  /**
   * Makes a model of a size.
   *
   * @param head the name of the head's matrix, (V, D); that of the token embedding if they are one
   */
  protected RotaryDecoder(DecoderSize size, Rotary rotary, String tokenEmbedding, String head) {
    super(size, head);
    this.rotary = rotary;
    this.tokenEmbedding = tokenEmbedding;
  }

  /**
   * Returns the stream that leaves a block.
   *
   * @param x the stream it reads, (N, D)
   * @param batch B
   * @return (N, D)
   */
  protected abstract NDArray afterBlock(
      int layer, Parameters parameters, NDArray x, long batch, RotaryAttention attention, Tap tap);

  /** Returns what the head reads of the stream that leaves the last block, (N, D). */
  protected abstract NDArray finalNorm(Parameters parameters, NDArray x);

  @Override
  public final NDArray hiddenStates(Parameters parameters, NDArray tokens, Tap tap) {
    return hiddenStatesFrom(parameters, 0, embed(parameters, tokens), tap);
  }

  @Override
  public final NDArray hiddenStatesFrom(Parameters parameters, int layer, NDArray stream, Tap tap) {
    RotaryAttention attention = RotaryAttention.ofRows(rotary, stream);
    return finalNorm(parameters, rows(run(parameters, layer, stream, attention, tap)));
  }

  @Override
  public final NDArray branches(
      Parameters parameters,
      int layer,
      NDArray stream,
      NDArray attentionMask,
      KeyValueCache cache) {
    RotaryAttention attention = RotaryAttention.ofBranches(rotary, attentionMask, cache);
    return finalNorm(parameters, rows(run(parameters, layer, stream, attention, Tap.NONE)));
  }

  @Override
  public final NDArray continueRows(
      Parameters parameters, NDArray tokens, KeyValueCache cache, Tap tap) {
    NDArray stream = embed(parameters, tokens);
    RotaryAttention attention = RotaryAttention.continuing(rotary, stream, cache);
    NDArray last = run(parameters, 0, stream, attention, tap).get(":, -1"); // (B, T, D) -> (B, D)
    return logits(parameters, finalNorm(parameters, last));
  }

  private NDArray embed(Parameters parameters, NDArray tokens) {
    return Ops.embedding(tokens, parameters.get(tokenEmbedding)); // (B, T, D)
  }

  /** Returns the stream that leaves the last block, (B, T, D). */
  private NDArray run(
      Parameters parameters, int layer, NDArray stream, RotaryAttention attention, Tap tap) {
    long batch = stream.getShape().get(0);
    NDArray x = stream;
    for (int i = layer; i < layers(); i++) {
      int index = i;
      x =
          parameters.run(
              (tensors, read) ->
                  afterBlock(index, tensors, rows(read), batch, attention, tap)
                      .reshape(stream.getShape()),
              tap.stream(i, x));
    }
    return tap.stream(layers(), x);
  }

  @Override
  public final List<String> embeddings() {
    return head().equals(tokenEmbedding) ? List.of(head()) : List.of(tokenEmbedding, head());
  }
}
