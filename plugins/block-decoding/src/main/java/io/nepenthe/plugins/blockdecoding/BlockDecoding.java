package io.nepenthe.plugins.blockdecoding;

import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pf4j.Extension;

/**
 * MemFree decoding of Ippolito et al. (2023), with an exact set: no token is emitted that would
 * complete n tokens of a memorized row. The weights stay as they are, and with them all that they
 * know.
 */
@Extension
public final class BlockDecoding implements Unlearning<BlockDecoding.Hyperparameters> {
  /**
   * What to block.
   *
   * @param n tokens of a blocked n-gram
   */
  public record Hyperparameters(int n) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    context.progress(0, 1); // the model stays as it is
  }

  @Override
  public BlockedNgrams blockedNgrams(Hyperparameters hyperparameters, MitigationContext context) {
    Sequences rows = context.forgetSet();
    int n = hyperparameters.n();
    List<int[]> ngrams = new ArrayList<>();
    for (int r = 0; r < rows.rows(); r++) {
      context.progress(r, rows.rows());
      int[] row = rows.row(r);
      int length = lengthWithout(context.padding().orElse(-1), row);
      for (int end = n; end <= length; end++) {
        ngrams.add(Arrays.copyOfRange(row, end - n, end));
      }
    }
    return BlockedNgrams.of(Sequences.of(n, ngrams));
  }

  /** Returns where the padding of a row begins: runs of it are no text of any row. */
  private static int lengthWithout(int padding, int... row) {
    int length = row.length;
    while (length > 0 && row[length - 1] == padding) {
      length--;
    }
    return length;
  }
}
