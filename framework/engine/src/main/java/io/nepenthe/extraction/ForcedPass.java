package io.nepenthe.extraction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.LogitRows;
import io.nepenthe.tensor.Predictions;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads windows teacher-forced: every compared token after the true ones before it, all of them by
 * one forward pass. Greedy decoding writes a window if and only if each of its tokens is then the
 * likeliest.
 *
 * <p>The head is the dearest part of small models, so it looks at the compared tokens from the
 * first on, some at a time, and no longer at windows that have missed too many.
 */
public final class ForcedPass {
  private final LanguageModel model;
  private final Parameters parameters;
  private final Search search;
  private final NDManager manager;

  /** Reads by a model. */
  public ForcedPass(LanguageModel model, Parameters parameters, Search search, NDManager manager) {
    this.model = model;
    this.parameters = parameters;
    this.search = search;
    this.manager = manager;
  }

  /**
   * A window that has not missed too much.
   *
   * @param row among those read
   * @param misses how many compared tokens are not the likeliest
   * @param logProbability of all compared tokens, log of the product of their probabilities
   */
  public record Candidate(int row, int misses, double logProbability) {
    /** Returns true if greedy decoding writes the window. */
    public boolean isExact() {
      return misses == 0;
    }
  }

  /**
   * Returns the candidates among windows, in their order; call it without gradients.
   *
   * @param windows of prompt + compare tokens each
   */
  public List<Candidate> candidates(List<int[]> windows) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return candidates(windows, states(windows));
    }
  }

  private NDArray states(List<int[]> windows) {
    int read = search.length() - 1; // nothing is predicted from the last
    long[] tokens = new long[windows.size() * read];
    for (int row = 0; row < windows.size(); row++) {
      int[] window = windows.get(row);
      for (int t = 0; t < read; t++) {
        tokens[row * read + t] = window[t];
      }
    }
    NDArray ids = Torch.longs(manager, tokens, windows.size(), read);
    return model.hiddenStates(parameters, ids, Tap.NONE); // (B*T, D)
  }

  private List<Candidate> candidates(List<int[]> windows, NDArray states) {
    int[] misses = new int[windows.size()];
    double[] losses = new double[windows.size()];
    int[] alive = IntStream.range(0, windows.size()).toArray();
    int atOnce = LogitRows.atOnce(model.vocabulary(), states.getDevice());
    for (int from = 0; from < search.compare() && alive.length > 0; ) {
      int most = Arrays.stream(alive).map(row -> misses[row]).max().getAsInt();
      int needed = search.mostMisses() + 1 - most; // before any window can have missed too many
      int to = Math.min(search.compare(), from + Math.max(needed, atOnce / alive.length));
      look(windows, states, alive, from, to, misses, losses);
      alive = Arrays.stream(alive).filter(row -> misses[row] <= search.mostMisses()).toArray();
      from = to;
    }
    return Arrays.stream(alive)
        .mapToObj(row -> new Candidate(row, misses[row], -losses[row]))
        .toList();
  }

  /** Adds the misses and losses of compared tokens [from, to) of some windows. */
  private void look(
      List<int[]> windows,
      NDArray states,
      int[] rows,
      int from,
      int to,
      int[] misses,
      double[] losses) {
    int read = search.length() - 1;
    long[] places = new long[rows.length * (to - from)];
    long[] targets = new long[places.length];
    int next = 0;
    for (int row : rows) {
      for (int t = search.prompt() + from; t < search.prompt() + to; t++) {
        places[next] = (long) row * read + t - 1;
        targets[next++] = windows.get(row)[t];
      }
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray seen = states.get(Torch.longs(manager, places, places.length));
      NDArray wanted = Torch.longs(manager, targets, targets.length);
      Predictions predictions = model.predictions(parameters, seen, wanted, -1);
      for (int i = 0; i < targets.length; i++) {
        int row = rows[i / (to - from)];
        misses[row] += predictions.likeliest(i) == targets[i] ? 0 : 1;
        losses[row] += predictions.loss(i);
      }
    }
  }
}
