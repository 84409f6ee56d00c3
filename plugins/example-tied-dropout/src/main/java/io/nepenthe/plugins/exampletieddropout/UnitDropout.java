package io.nepenthe.plugins.exampletieddropout;

import io.nepenthe.editing.SharedUnits;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import java.util.Optional;

/** Masks the hidden units of every MLP: each example's own mask in every block. */
final class UnitDropout implements TrainingHook {
  private final LanguageModel model;
  private final ExampleMasks masks;
  private final SharedUnits units;

  /** Makes a hook whose model, in use, has its fixed units multiplied by the factor. */
  UnitDropout(LanguageModel model, ExampleMasks masks, double factorInUse) {
    this.model = model;
    this.masks = masks;
    this.units = new SharedUnits(model, masks.fixed(), factorInUse);
  }

  @Override
  public Tap tap(TokenBatch batch) {
    return units.masked(batch, masks.of(batch, model.layers()));
  }

  @Override
  public void fold(LanguageModel model, Weights weights) {
    units.leaveOutOthers(weights);
  }

  @Override
  public Optional<float[]> state() {
    return masks.owners().state();
  }

  @Override
  public void restore(float[] state) {
    masks.owners().restore(state);
  }
}
