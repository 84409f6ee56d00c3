package io.nepenthe.plugins.spectralnorm;

import io.nepenthe.model.AttentionTensors;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.training.TrainingHook;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;

/**
 * Spectral norm: the largest singular value of every weight matrix is penalised, so that the model
 * cannot react strongly to small changes of what it reads.
 *
 * <p>loss = cross-entropy + lambda / 2 * sum of sigma^2, over every attention head's matrices and
 * the whole matrices of every MLP.
 */
@Extension
public final class SpectralNorm implements Regularizer<SpectralNorm.Hyperparameters> {
  /**
   * How much is penalised.
   *
   * @param lambda weight of half the sum of squared singular values, at least 0
   */
  public record Hyperparameters(double lambda) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public TrainingHook hook(Hyperparameters hyperparameters, MitigationContext context) {
    return new SpectralPenalty(
        pieces(context.model(), context.reproduces(Quirk.HEADS_CUT_BY_OUTPUT)),
        hyperparameters.lambda(),
        !context.reproduces(Quirk.UNSQUARED_SINGULAR_VALUES),
        context.random("left vectors"));
  }

  private static List<Pieces> pieces(LanguageModel model, boolean headsCutByOutput) {
    if (headsCutByOutput && model.width() % model.heads() != 0) {
      throw new IllegalArgumentException(
          "a width of "
              + model.width()
              + " cannot be cut into "
              + model.heads()
              + " heads, as reference fidelity does");
    }
    List<AttentionTensors> attention = model.attention();
    List<MlpTensors> mlp = model.mlp();
    List<Pieces> pieces = new ArrayList<>();
    for (int i = 0; i < attention.get(0).in().size(); i++) {
      int map = i;
      List<LinearMap> maps = attention.stream().map(block -> block.in().get(map).map()).toList();
      pieces.add(Pieces.cutByOutput(model, maps, attention.get(0).in().get(map).pieces()));
    }
    List<LinearMap> attentionOut = attention.stream().map(AttentionTensors::out).toList();
    pieces.add(
        headsCutByOutput
            ? Pieces.cutByOutput(model, attentionOut, model.heads())
            : Pieces.cutByInput(model, attentionOut, model.heads()));
    for (int i = 0; i < mlp.get(0).in().size(); i++) {
      int map = i;
      pieces.add(Pieces.whole(model, mlp.stream().map(block -> block.in().get(map)).toList()));
    }
    pieces.add(Pieces.whole(model, mlp.stream().map(MlpTensors::out).toList()));
    return pieces;
  }
}
