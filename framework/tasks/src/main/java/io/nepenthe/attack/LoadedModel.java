package io.nepenthe.attack;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;

/** A model and the tensors it is to use. V = vocabulary, D = width. */
public record LoadedModel(LanguageModel model, Parameters parameters) {
  /** Returns log probabilities of every token behind hidden states, (N, D) to (N, V). */
  NDArray logProbabilities(NDArray states) {
    return model.logits(parameters, states).logSoftmax(1);
  }
}
