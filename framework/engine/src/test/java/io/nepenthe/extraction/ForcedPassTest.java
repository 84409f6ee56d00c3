package io.nepenthe.extraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ForcedPassTest {
  private static final int VOCABULARY = 40_000; // so that logits come a few at a time
  private static final int PROMPT = 3;
  private static final int COMPARE = 6;
  private static final int WINDOWS = 40;

  private final RandomGenerator random = new RandomStreams(1).stream("test");

  @Test
  void candidatesAreThoseWhoseLikeliestTokensMissFewOfTheirOwn() {
    LanguageModel model =
        Architectures.paper().model(new ModelSize(VOCABULARY, PROMPT + COMPARE, 4, 1, 1));
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = Torch.newManager(Device.cpu());
              Weights weights = Weights.of(model.layout(), manager, model.initialValues(random))) {
            check(model, weights.parameters(), manager);
          }
        });
  }

  private void check(LanguageModel model, Parameters parameters, NDManager manager) {
    List<int[]> windows = windows(model, parameters, manager);
    Search search = new Search(PROMPT, COMPARE, 1, 0.5, 0.5, 1, WINDOWS);
    List<ForcedPass.Candidate> found =
        new ForcedPass(model, parameters, search, manager).candidates(windows);
    List<Integer> expected = new ArrayList<>();
    for (int row = 0; row < WINDOWS; row++) {
      int[] window = windows.get(row);
      double[] missesAndLoss = missesAndLoss(model, parameters, window, manager);
      if (missesAndLoss[0] <= 3) {
        ForcedPass.Candidate candidate = found.get(expected.size());
        assertEquals(missesAndLoss[0], candidate.misses());
        assertEquals(-missesAndLoss[1], candidate.logProbability(), 1e-3);
        expected.add(row);
      }
    }
    assertEquals(expected, found.stream().map(ForcedPass.Candidate::row).toList());
    assertTrue(expected.size() > 5 && expected.size() < WINDOWS - 5, expected.toString());
  }

  /** Windows that the model writes itself, some with wrong tokens in them. */
  private List<int[]> windows(LanguageModel model, Parameters parameters, NDManager manager) {
    List<int[]> windows = new ArrayList<>();
    GreedyDecoder decoder = new GreedyDecoder(model, parameters);
    for (int row = 0; row < WINDOWS; row++) {
      int[] prompt = random.ints(PROMPT, 0, VOCABULARY).toArray();
      int[] window = Arrays.copyOf(prompt, PROMPT + COMPARE);
      int[] written =
          decoder.continueRows(Sequences.of(PROMPT, List.of(prompt)), COMPARE, -1, manager).row(0);
      System.arraycopy(written, 0, window, PROMPT, COMPARE);
      for (int wrong = row % 5; wrong > 0; wrong--) {
        window[PROMPT + random.nextInt(COMPARE)] = random.nextInt(VOCABULARY);
      }
      windows.add(window);
    }
    return windows;
  }

  private static double[] missesAndLoss(
      LanguageModel model, Parameters parameters, int[] window, NDManager manager) {
    long[] ids = Arrays.stream(window).asLongStream().toArray();
    float[] logits =
        model
            .logits(
                parameters,
                model.hiddenStates(parameters, Torch.longs(manager, ids, 1, ids.length), Tap.NONE))
            .toFloatArray();
    double misses = 0;
    double loss = 0;
    for (int t = PROMPT; t < window.length; t++) {
      int from = (t - 1) * VOCABULARY;
      double total = 0;
      int best = 0;
      for (int v = 0; v < VOCABULARY; v++) {
        total += Math.exp(logits[from + v]);
        best = logits[from + v] > logits[from + best] ? v : best;
      }
      misses += best == window[t] ? 0 : 1;
      loss += Math.log(total) - logits[from + window[t]];
    }
    return new double[] {misses, loss};
  }
}
