package io.nepenthe.plugins.memorizationsinks;

import io.nepenthe.editing.HashedMasks;
import io.nepenthe.editing.SharedUnits;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import java.util.OptionalLong;

/** Masks the sinks of every MLP: a row's mask is that of its content, wherever the row lies. */
final class SinkUnits implements TrainingHook {
  private static final double AS_IN_TRAINING = 1;

  private final LanguageModel model;
  private final HashedMasks masks;
  private final SharedUnits units;

  SinkUnits(LanguageModel model, HashedMasks masks) {
    this.model = model;
    this.masks = masks;
    this.units = new SharedUnits(model, masks.shared(), AS_IN_TRAINING);
  }

  @Override
  public Tap tap(TokenBatch batch) {
    return units.masked(batch, masks(batch));
  }

  /** Returns the masks of a batch, (layers, B, H). */
  float[] masks(TokenBatch batch) {
    int tokens = batch.length() + 1;
    return masks.of(model.layers(), batch.size(), i -> OptionalLong.of(batch.hash(i, 0, tokens)));
  }

  @Override
  public void fold(LanguageModel model, Weights weights) {
    units.leaveOutOthers(weights);
  }
}
