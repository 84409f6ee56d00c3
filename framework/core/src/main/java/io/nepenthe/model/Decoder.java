package io.nepenthe.model;

import ai.djl.ndarray.NDArray;

/** A model of a size that its configuration says. */
public abstract class Decoder implements LanguageModel {
  private final DecoderSize size;

  /** Makes a model of a size. */
  protected Decoder(DecoderSize size) {
    this.size = size;
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
