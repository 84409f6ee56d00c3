package io.nepenthe.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.data.Window;
import io.nepenthe.task.ArtifactRows;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SurpriseReaderTest {
  @Test
  void onePassReadsWhatStepsOfOneTokenDo() {
    ArtifactRows rows = SteppedModel.rows(20);
    SteppedModel.with(
        1,
        (loaded, manager) -> {
          List<TokenSurprise> read = new SurpriseReader(loaded, manager).read(rows);
          for (int row = 0; row < rows.rows(); row++) {
            int[] tokens = SteppedModel.forced(rows, rows.artifacts(), row);
            double[][] logs = SteppedModel.logProbabilities(loaded, manager, tokens);
            Window window = rows.windows().get(row);
            assertEquals(window.compare(), read.get(row).length());
            for (int i = 0; i < window.compare(); i++) {
              double[] all = logs[window.prompt() + i - 1];
              double logP = all[tokens[window.prompt() + i]];
              double mean = Arrays.stream(all).map(log -> Math.exp(log) * log).sum();
              double square = Arrays.stream(all).map(log -> Math.exp(log) * log * log).sum();
              assertEquals(logP, read.get(row).logProbability(i), 1e-4);
              assertEquals(
                  (logP - mean) / Math.sqrt(square - mean * mean),
                  read.get(row).standardized(i),
                  1e-3);
            }
          }
        });
  }
}
