package io.nepenthe.timing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.model.Tap;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Scores of 1 000 rows at the paper's size, each against a forward pass over the tokens it reads:
 * the windows (99 tokens) for memorization, whole rows (149) for accuracy and perplexity. What a
 * score costs beyond its baseline is argmax, loss and counting.
 *
 * <pre>benchmarks/jmh ScoringBenchmark</pre>
 */
@State(Scope.Benchmark)
public class ScoringBenchmark extends PaperSizeBenchmark {
  private ArtifactRows data;
  private Sequences rows;

  @Override
  void prepareRows() {
    data = PaperSize.thousandRows();
    rows = data.artifacts();
  }

  /** The score of memorization. */
  @Benchmark
  public RowCounts memorization() {
    RowCounts[] score = new RowCounts[1];
    Torch.withGradients(
        false,
        () ->
            score[0] =
                Memorization.clean().continuations(model, parameters, data, manager).reproduced());
    return score[0];
  }

  /** Its baseline: the same windows, with logits only where a token is compared. */
  @Benchmark
  public void baselineWindows(Blackhole blackhole) {
    int prompt = PaperSize.WINDOW.prompt();
    int read = PaperSize.WINDOW.end() - 1;
    forward(read, prompt - 1, blackhole);
  }

  /** Accuracy and perplexity. */
  @Benchmark
  public NextTokenScore accuracyAndPerplexity() {
    NextTokenScore[] score = new NextTokenScore[1];
    Torch.withGradients(
        false,
        () ->
            score[0] =
                NextTokenMeasure.score(
                    model, parameters, rows, NextTokenMeasure.NOTHING_PREDICTABLE, manager));
    return score[0];
  }

  /** Its baseline: whole rows, with every logit. */
  @Benchmark
  public void baselineRows(Blackhole blackhole) {
    forward(rows.length() - 1, 0, blackhole);
  }

  /** One pass over all rows, with the logits from a position on, in batches as scoring has them. */
  private void forward(int read, int firstLogit, Blackhole blackhole) {
    Torch.withGradients(
        false,
        () -> {
          int[] all = rows.indices();
          for (int from = 0; from < all.length; from += PaperSize.BATCH) {
            int[] batch =
                Arrays.copyOfRange(all, from, Math.min(from + PaperSize.BATCH, all.length));
            try (NDScope inner = new NDScope()) {
              inner.suppressNotUsedWarning();
              NDArray tokens = Torch.longs(manager, rows.copy(batch, 0, read), batch.length, read);
              NDArray states = model.hiddenStates(parameters, tokens, Tap.NONE); // (B*T, D)
              NDArray wanted =
                  states
                      .reshape(batch.length, read, model.width())
                      .get(":, " + firstLogit + ":") // (B, T, D) -> (B, T', D)
                      .reshape(-1, model.width()); // -> (B*T', D)
              NDArray logits = model.logits(parameters, wanted);
              Torch.synchronize(logits); // on a GPU the pass is only queued until here
              blackhole.consume(logits);
            }
          }
        });
  }
}
