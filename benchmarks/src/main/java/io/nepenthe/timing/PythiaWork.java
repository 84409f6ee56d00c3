package io.nepenthe.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.metric.Memorization;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What {@link PythiaSpeedBenchmark} measures: a model of Pythia-70M's shape, and its baselines. */
final class PythiaWork implements AutoCloseable {
  private static final String ARCHITECTURE = "gpt_neox";
  private static final ModelSize SIZE = new ModelSize(50304, 2048, 512, 6, 8);
  private static final int ROWS = 16;
  private static final int LENGTH = 128;
  private static final int PROMPT = 32;
  private static final int COMPARE = 40;
  private static final int SCORED = 500;
  private static final int GENERATED = 10;
  private static final int SEARCHED = 64;
  private static final int BATCH = 64;
  private static final int PAIRS = 5;
  private static final double CLOSE = 1e-3;

  private final NDManager manager = Torch.newManager(Device.cpu());
  private final LanguageModel model = Architectures.require(ARCHITECTURE).model(SIZE);
  private final RandomGenerator random = PaperSize.streams().stream("tokens");
  private final NDScope scope = new NDScope();
  private final Weights weights;
  private final Parameters parameters;
  private final PlainPythia plain;
  private @Nullable FindingWork finding;

  /** Things that can be measured. */
  enum What {
    FORWARD,
    BFLOAT16,
    DECODING,
    SCORING,
    FINDING_NOTHING,
    FINDING_ALL
  }

  /**
   * Work and its baseline.
   *
   * @param share of the work that the baseline's would be, were it as much
   * @param tokens that the work reads or writes
   */
  record Contest(Runnable work, Runnable baseline, double share, long tokens, int pairs) {}

  PythiaWork(int threads) {
    Torch.useThreads(threads);
    scope.suppressNotUsedWarning();
    weights =
        Weights.of(
            model.layout(),
            manager,
            model.initialValues(PaperSize.streams().stream("initialisation")));
    parameters = weights.parameters();
    plain = new PlainPythia(model, parameters, manager);
  }

  Contest contest(What what) {
    return switch (what) {
      case FORWARD -> forward();
      case BFLOAT16 -> brainFloats();
      case DECODING -> decoding();
      case SCORING -> scoring();
      case FINDING_NOTHING -> finding(rows(SEARCHED, PROMPT + COMPARE));
      case FINDING_ALL -> finding(written());
    };
  }

  private Sequences rows(int count, int length) {
    List<int[]> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      rows.add(random.ints(length, 0, SIZE.vocabulary()).toArray());
    }
    return Sequences.of(length, rows);
  }

  /** Returns rows that the model writes itself after random prompts. */
  private Sequences written() {
    Sequences prompts = rows(SEARCHED, PROMPT);
    int[][] written = new int[SEARCHED][];
    quietly(
        () -> {
          for (int from = 0; from < SEARCHED; from += BATCH) {
            Sequences batch = prompts.slice(from, from + BATCH);
            Sequences found =
                new GreedyDecoder(model, parameters).continueRows(batch, COMPARE, -1, manager);
            for (int row = 0; row < BATCH; row++) {
              int[] whole = Arrays.copyOf(batch.row(row), PROMPT + COMPARE);
              System.arraycopy(found.row(row), 0, whole, PROMPT, COMPARE);
              written[from + row] = whole;
            }
          }
        });
    return Sequences.of(PROMPT + COMPARE, List.of(written));
  }

  private static void quietly(Runnable body) {
    Torch.withGradients(
        false,
        () -> {
          try (NDScope inner = new NDScope()) {
            inner.suppressNotUsedWarning();
            body.run();
          }
        });
  }

  private NDArray ids(Sequences rows) {
    return ids(rows, manager);
  }

  static NDArray ids(Sequences rows, NDManager manager) {
    long[] ids = rows.copy(rows.indices(), 0, rows.length());
    return Torch.longs(manager, ids, rows.rows(), rows.length());
  }

  private Contest forward() {
    Sequences rows = rows(ROWS, LENGTH);
    quietly(
        () -> {
          float[] own = logits(rows).toFloatArray();
          float[] plainly = plain.logits(ids(rows)).toFloatArray();
          for (int i = 0; i < own.length; i++) {
            if (!(Math.abs(own[i] - plainly[i]) < CLOSE)) {
              throw new IllegalStateException(own[i] + " and " + plainly[i] + " at logit " + i);
            }
          }
        });
    return new Contest(
        () -> quietly(() -> logits(rows)),
        () -> quietly(() -> plain.logits(ids(rows))),
        1,
        (long) ROWS * LENGTH,
        PAIRS);
  }

  private NDArray logits(Sequences rows) {
    return logits(rows, parameters);
  }

  private NDArray logits(Sequences rows, Parameters used) {
    return model.logits(used, model.hiddenStates(used, ids(rows), Tap.NONE));
  }

  /** Weights stored and computed in bfloat16, against those of float32. */
  private Contest brainFloats() {
    Sequences rows = rows(ROWS, LENGTH);
    Weights halves = Weights.zeros(model.layout(), manager, tensor -> FloatType.BFLOAT16);
    halves.set(weights);
    Parameters narrow = halves.computedIn(FloatType.BFLOAT16).parameters();
    return new Contest(
        () -> quietly(() -> logits(rows, narrow)),
        () -> quietly(() -> logits(rows)),
        1,
        (long) ROWS * LENGTH,
        PAIRS);
  }

  private Contest decoding() {
    Sequences prompts = rows(ROWS, PROMPT);
    GreedyDecoder decoder = new GreedyDecoder(model, parameters);
    quietly(
        () -> {
          Sequences own = decoder.continueRows(prompts, COMPARE, -1, manager);
          long[] plainly = plain.generate(ids(prompts), COMPARE).toLongArray();
          if (!Arrays.equals(own.copy(own.indices(), 0, COMPARE), plainly)) {
            throw new IllegalStateException("the two write different tokens");
          }
        });
    return new Contest(
        () -> quietly(() -> decoder.continueRows(prompts, COMPARE, -1, manager)),
        () -> quietly(() -> plain.generate(ids(prompts), COMPARE).toLongArray()),
        1,
        (long) ROWS * COMPARE,
        PAIRS);
  }

  private Contest scoring() {
    Sequences rows = rows(SCORED, PROMPT + COMPARE);
    ArtifactRows judged =
        new ArtifactRows(
            rows,
            rows,
            Collections.nCopies(SCORED, new Window(PROMPT, COMPARE)),
            Collections.nCopies(SCORED, true));
    Sequences prompts = rows.slice(0, GENERATED).leadingColumns(PROMPT);
    return new Contest(
        () -> quietly(() -> Memorization.clean().continuations(model, parameters, judged, manager)),
        () ->
            quietly(
                () -> {
                  for (int row = 0; row < GENERATED; row++) {
                    plain.generate(ids(prompts.slice(row, row + 1)), COMPARE).toLongArray();
                  }
                }),
        (double) SCORED / GENERATED,
        (long) SCORED * (PROMPT + COMPARE),
        1);
  }

  private Contest finding(Sequences windows) {
    FindingWork made = new FindingWork(model, parameters, manager, windows, PROMPT);
    finding = made;
    return new Contest(
        made::find, () -> quietly(made::bare), 1, (long) windows.rows() * windows.length(), PAIRS);
  }

  @Override
  public void close() {
    weights.close();
    scope.close();
    manager.close();
    if (finding != null) {
      finding.close();
    }
  }
}
