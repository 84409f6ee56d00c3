package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.AttentionTensors.HeadMap;
import io.nepenthe.tensor.LogitLoss;
import io.nepenthe.tensor.Predictions;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A model of some size: which tensors it has and how they turn tokens into logits. Stateless; the
 * values are {@link Weights}. B = rows, T = tokens of a row, N = B*T, D = width, H = MLP hidden
 * units, V = vocabulary.
 */
public interface LanguageModel {
  /** Returns the kind of model it is. */
  Architecture architecture();

  /** Returns names, shapes and order of the tensors. */
  ParameterLayout layout();

  /** Returns the number of layers. */
  int layers();

  /** Returns D. */
  int width();

  /** Returns H. */
  int hiddenUnits();

  /**
   * Returns the function whose value hidden units are; in a gated MLP, times what the gate lets
   * through.
   */
  Activation activation();

  /** Returns the epsilon that layer norms add to a variance. */
  double normEpsilon();

  /** Returns V. */
  int vocabulary();

  /** Returns the longest row the model can read. */
  int positions();

  /** Returns the number of attention heads, counted by their queries. */
  int heads();

  /** Returns every layer's attention. */
  List<AttentionTensors> attention();

  /** Returns every layer's MLP. */
  List<MlpTensors> mlp();

  /**
   * Returns the names of the embeddings of tokens and positions, and of the head where it is a
   * tensor of its own, in model order.
   */
  List<String> embeddings();

  /** Returns the names of the gains and biases of every normalisation, in model order. */
  List<String> norms();

  /** Returns the linear maps of every layer, attention before MLPs. */
  default Stream<LinearMap> linearMaps() {
    return Stream.concat(
        attention().stream()
            .flatMap(
                each -> Stream.concat(each.in().stream().map(HeadMap::map), Stream.of(each.out()))),
        mlp().stream().flatMap(each -> Stream.concat(each.in().stream(), Stream.of(each.out()))));
  }

  /**
   * Returns the hidden states after the final layer norm.
   *
   * @param parameters the tensors to use
   * @param tokens ids, (B, T), int64
   * @param tap sees and may change the hidden units of every MLP
   * @return (N, D)
   */
  NDArray hiddenStates(Parameters parameters, NDArray tokens, Tap tap);

  /**
   * Returns the hidden states after the final layer norm, beginning between two blocks.
   *
   * @param layer the first block that is run, from 0 to L; L runs none
   * @param stream the residual stream this block reads, (B, T, D)
   * @param tap sees and may change the hidden units of the MLPs that are run
   * @return (N, D)
   */
  NDArray hiddenStatesFrom(Parameters parameters, int layer, NDArray stream, Tap tap);

  /**
   * Runs single tokens that each take the place of one position of a row: what if the stream were
   * different there? A branch sees the row's tokens before that position, as the cache has them,
   * and itself; nothing after it is run. How many it sees before itself is its position.
   *
   * @param layer the first block that is run, from 0 to L; L runs none
   * @param stream the residual stream this block reads, R branches of each of B rows, (B, R, D)
   * @param attentionMask 0 where a branch sees a cached position, -infinity where it does not, (R,
   *     S); the S first cached positions are read
   * @param cache keys and values of the B rows
   * @return hidden states after the final layer norm, (B*R, D)
   */
  NDArray branches(
      Parameters parameters, int layer, NDArray stream, NDArray attentionMask, KeyValueCache cache);

  /**
   * Returns what an MLP adds to the stream: what its last map writes, or in a model that normalises
   * behind its sublayers, that normalised.
   *
   * @param written what the layer's last map writes, (..., D)
   * @return (..., D); the argument itself if all of it is added as it is
   */
  default NDArray addedByMlp(Parameters parameters, int layer, NDArray written) {
    return written;
  }

  /**
   * Returns the logits of hidden states.
   *
   * @param hiddenStates (N, D)
   * @return (N, V)
   */
  NDArray logits(Parameters parameters, NDArray hiddenStates);

  /**
   * Returns the cross-entropy of each target, in nats, without holding all logits at once where the
   * vocabulary is large; differentiable by {@link io.nepenthe.tensor.Torch#backward}.
   *
   * @param hiddenStates (N, D)
   * @param targets the token after each, (N), int64
   * @return (N)
   */
  NDArray losses(Parameters parameters, NDArray hiddenStates, NDArray targets);

  /**
   * Returns a loss of each hidden state's logits, without holding all logits at once where the
   * vocabulary is large; differentiable by {@link io.nepenthe.tensor.Torch#backward}.
   *
   * @param hiddenStates (N, D)
   * @param loss what is computed of the logits of some of them
   * @return (N)
   */
  default NDArray losses(Parameters parameters, NDArray hiddenStates, LogitLoss loss) {
    return loss.of(logits(parameters, hiddenStates), 0, hiddenStates.getShape().get(0));
  }

  /**
   * Returns what is predicted in the place of each target, without holding all logits at once where
   * the vocabulary is large; no gradient.
   *
   * @param hiddenStates (N, D)
   * @param targets the token after each, (N), int64
   * @param banned an id that is never the likeliest, or -1; losses are the model's own all the same
   */
  default Predictions predictions(
      Parameters parameters, NDArray hiddenStates, NDArray targets, int banned) {
    return Predictions.of(logits(parameters, hiddenStates), targets, banned);
  }

  /**
   * Continues rows by one forward pass over their new tokens only; no gradient.
   *
   * @param tokens the new ids, (B, T), int64; T may exceed 1 only while the cache is empty
   * @param cache keys and values of the tokens before; grows by the new ones
   * @param tap sees and may change the hidden units of every MLP
   * @return logits after each row's last new token, (B, V)
   */
  NDArray continueRows(Parameters parameters, NDArray tokens, KeyValueCache cache, Tap tap);

  /** Returns a faster way to the gradient of plain training, where the architecture has one. */
  default Optional<FusedGradient> fusedGradient() {
    return Optional.empty();
  }

  /** Returns fresh values of all parameters, in model order, as training starts from. */
  float[] initialValues(RandomGenerator random);
}
