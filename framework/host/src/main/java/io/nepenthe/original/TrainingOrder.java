package io.nepenthe.original;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.training.TrainingSettings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A training as whoever trains must know it: all but the rows. Nothing in it tells how the rows are
 * made, or on which others the model is judged.
 *
 * @param name which training it is
 * @param architecture kind of the model
 * @param config its configuration, as its {@code config.json} says it
 * @param ids the ids that rows reserve
 * @param settings of the training loop
 * @param checkpoints passes after which the model is kept, rising
 * @param quirks the reference's defects to reproduce
 * @param threads threads one operator may use
 * @param device where it runs
 * @param regularizer what takes part; null for plain training
 */
public record TrainingOrder(
    TrainingName name,
    String architecture,
    ObjectNode config,
    SpecialIds ids,
    TrainingSettings settings,
    List<Integer> checkpoints,
    Set<Quirk> quirks,
    int threads,
    String device,
    @Nullable RegularizerUse regularizer) {
  /** The stream of randomness from which a model's first weights are drawn. */
  private static final String INITIALISATION = "initialisation";

  /** Copies the collections. */
  public TrainingOrder {
    checkpoints = List.copyOf(checkpoints);
    quirks = Set.copyOf(quirks);
    config = config.deepCopy();
  }

  /** Returns the model, without weights. */
  public LanguageModel model() {
    return Architectures.require(architecture).model(config);
  }

  /** Returns where all randomness of the training comes from. */
  public RandomStreams streams() {
    return new RandomStreams(name.seed());
  }

  /** Returns the weights that a training of a seed begins with, in model order. */
  public static float[] initialValues(LanguageModel model, RandomStreams streams) {
    return model.initialValues(streams.stream(INITIALISATION));
  }
}
