package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.LogitLoss;
import io.nepenthe.tensor.Predictions;
import io.nepenthe.tensor.VocabularyHead;

/** A model of a size that its configuration says. */
public abstract class Decoder implements LanguageModel {
  private final DecoderSize size;
  private final String head;

  /**
   * Makes a model of a size.
   *
   * @param head the name of the head's matrix, (V, D); that of the token embedding if they are one
   */
  protected Decoder(DecoderSize size, String head) {
    this.size = size;
    this.head = head;
  }

  /** Returns the name of the head's matrix. */
  final String head() {
    return head;
  }

  @Override
  public final NDArray logits(Parameters parameters, NDArray hiddenStates) {
    return VocabularyHead.logits(hiddenStates, parameters.get(head), parameters.computeType());
  }

  @Override
  public final NDArray losses(Parameters parameters, NDArray hiddenStates, NDArray targets) {
    return VocabularyHead.losses(
        hiddenStates, parameters.get(head), targets, parameters.computeType());
  }

  @Override
  public final NDArray losses(Parameters parameters, NDArray hiddenStates, LogitLoss loss) {
    return VocabularyHead.losses(
        hiddenStates, parameters.get(head), loss, parameters.computeType());
  }

  @Override
  public final Predictions predictions(
      Parameters parameters, NDArray hiddenStates, NDArray targets, int banned) {
    return VocabularyHead.predictions(
        hiddenStates, parameters.get(head), targets, banned, parameters.computeType());
  }

  /** Returns a stream without its rows, (B, T, D) -> (N, D). */
  protected final NDArray rows(NDArray stream) {
    return stream.reshape(-1, width());
  }

  /** Returns the hidden units of a layer, (N, H), as a tap leaves them. */
  protected final NDArray tapped(Tap tap, int layer, NDArray hidden, long batch) {
    if (tap == Tap.NONE) {
      return hidden;
    }
    NDArray units = hidden.reshape(batch, -1, hiddenUnits()); // (N, H) -> (B, T, H)
    return tap.hidden(layer, units).reshape(-1, hiddenUnits());
  }

  @Override
  public final int layers() {
    return size.layers();
  }

  @Override
  public final int width() {
    return size.width();
  }

  @Override
  public final int hiddenUnits() {
    return size.hiddenUnits();
  }

  @Override
  public final Activation activation() {
    return size.activation();
  }

  @Override
  public final double normEpsilon() {
    return size.epsilon();
  }

  @Override
  public final int vocabulary() {
    return size.vocabulary();
  }

  @Override
  public final int positions() {
    return size.positions();
  }

  @Override
  public final int heads() {
    return size.heads();
  }
}
