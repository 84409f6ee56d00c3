package io.nepenthe.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What holds for every metric. A metric's test extends it, and says in a comment how its value was
 * worked out by hand from the rows below.
 *
 * <pre>
 * row  artifact  likeliest  p of each token  p of each of the twin's
 * 0    1 2 3 4   1 2 3 4    0.5              0.25
 * 1    5 6 7 8   9 5 6 8    0.1              0.4
 * 2    1 2 3 4   1 2 9 4    0.3              not read
 *
 * set  accuracy  mean over batches  predictable  mean of batches' perplexities  loss       targets
 * 7    0.5       0.6                0.8          3                              10 ln 2    10
 * 2    0.7       0.9                0.6          5                              30 ln 2    30
 * </pre>
 */
abstract class MetricContractTest {
  private static final int[] EMPTY = {};

  private final Metric metric;
  private final double byHand;

  MetricContractTest(String id, double byHand) {
    this.metric =
        Metrics.all().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    this.byHand = byHand;
  }

  private static Continuations rows() {
    return new Continuations(
        List.of(
            new Continuation(
                window(0, 0.5, List.of(1, 2, 3, 4), List.of(1, 2, 3, 4)),
                window(0, 0.25, List.of(1, 2, 2, 2), List.of(1, 2, 3, 4))),
            new Continuation(
                window(1, 0.1, List.of(5, 6, 7, 8), List.of(9, 5, 6, 8)),
                window(1, 0.4, List.of(5, 5, 5, 5), List.of(5, 5, 5, 5))),
            new Continuation(window(2, 0.3, List.of(1, 2, 3, 4), List.of(1, 2, 9, 4)), null)),
        List.of(1, 1, 1));
  }

  private static ForcedWindow window(
      int row, double probability, List<Integer> tokens, List<Integer> likeliest) {
    float loss = (float) -Math.log(probability);
    return new ForcedWindow(
        row, array(tokens), array(likeliest), new float[] {loss, loss, loss, loss});
  }

  private static int[] array(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the rows of the table above. */
  static Observations seen(boolean batchesWeighAlike) {
    double nat = Math.log(2);
    return new Observations(
        rows(),
        Map.of(
            "7", new NextTokenScore(0.5, 0.6, 0.8, 2, 3, 10 * nat, 10),
            "2", new NextTokenScore(0.7, 0.9, 0.6, 2, 5, 30 * nat, 30)),
        batchesWeighAlike);
  }

  @Test
  void itsValueIsTheOneWorkedOutByHand() {
    assertEquals(byHand, metric.of(seen(false)), 1e-6);
  }

  @Test
  void itsValueLiesInTheRangeOfItsUnit() {
    Double value = metric.of(seen(false));
    assertTrue(value >= metric.unit().lowest() && value <= metric.unit().highest(), "" + value);
  }

  @Test
  void withoutRowsItHasNoValue() {
    assertNull(metric.of(new Observations(Continuations.NONE, Map.of(), false)));
    assertNull(metric.of(new Observations(rows().of(EMPTY), Map.of(), false)));
  }

  @Test
  void itIsListedOnceUnderAnIdThatIsAKeyInJson() {
    List<String> ids = Metrics.all().stream().map(Metric::id).toList();
    assertEquals(1, Collections.frequency(ids, metric.id()));
    assertTrue(metric.id().matches("[a-z][A-Za-z0-9]*"), metric.id());
  }

  @Test
  void theDocumentsDescribeIt() throws IOException {
    String row = "| `" + metric.id() + "` | " + metric.name() + " |";
    assertTrue(
        Files.readString(Path.of("../../docs/metrics.md")).contains(row),
        "docs/metrics.md has no line that begins with " + row);
  }
}
