package io.nepenthe.timing;

import io.nepenthe.data.Sequences;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Two ways to decide which of 1 000 rows are memorized: decode 50 tokens after each prompt of 50,
 * with cached keys and values, or one teacher-forced pass over the same windows, the baseline. Both
 * give the same rows; the ratio is what not generating saves.
 *
 * <pre>benchmarks/jmh DecodingBenchmark</pre>
 */
@State(Scope.Benchmark)
public class DecodingBenchmark extends PaperSizeBenchmark {
  private static final int EVERY_TOKEN_ALLOWED = -1;

  private ArtifactRows data;
  private List<Sequences> prompts;

  /** Makes rows, in batches as large as scoring's: one of 1 000 rows leaves the caches. */
  @Override
  void prepareRows() {
    data = PaperSize.thousandRows();
    Sequences leading = data.prompts().leadingColumns(PaperSize.WINDOW.prompt());
    prompts = new ArrayList<>();
    for (int from = 0; from < leading.rows(); from += PaperSize.BATCH) {
      prompts.add(leading.slice(from, Math.min(from + PaperSize.BATCH, leading.rows())));
    }
  }

  /** Decodes every row. Nothing ends a row early: then the time would depend on the weights. */
  @Benchmark
  public List<Sequences> decode() {
    List<Sequences> written = new ArrayList<>();
    Torch.withGradients(
        false,
        () -> {
          GreedyDecoder decoder = new GreedyDecoder(model, parameters);
          for (Sequences batch : prompts) {
            written.add(
                decoder.continueRows(
                    batch, PaperSize.WINDOW.compare(), EVERY_TOKEN_ALLOWED, manager));
          }
        });
    return written;
  }

  /** Decides it by one pass. */
  @Benchmark
  public RowCounts baselineTeacherForced() {
    RowCounts[] score = new RowCounts[1];
    Torch.withGradients(
        false,
        () ->
            score[0] =
                Memorization.clean().continuations(model, parameters, data, manager).reproduced());
    return score[0];
  }
}
